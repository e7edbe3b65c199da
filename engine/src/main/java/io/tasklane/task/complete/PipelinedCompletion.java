package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.PipelinedTransaction;
import io.tasklane.dependency.ResolveDependents;
import io.tasklane.task.Task;
import io.tasklane.task.claim.ClaimStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * A turn in one round trip: that of a run which leaves nothing but its result, or a mere claim.
 * Where others were known to need the task when it began, a statement of its own tells them behind
 * the settlement, and a third one claims, because what was released may be the head.
 */
final class PipelinedCompletion implements PipelinedTransaction<CompleteAndClaimResult> {
  private static final String TURN = PipelinedTransaction.behindOwner(SucceedAndClaimStatement.SQL);
  private static final String CLAIM = PipelinedTransaction.behindOwner(ClaimStatement.SQL);
  private static final String TELL =
      PipelinedTransaction.behindOwner(
          SucceedAndClaimStatement.SQL
              + ";\n"
              + ResolveDependents.SQL
              + ";\n"
              + ClaimStatement.SQL);
  private static final int AFTER_TURN = BEHIND_OWNERS + 12;
  private static final int AFTER_TELLING = AFTER_TURN + 4;

  private final CompleteAndClaim turn;
  private final ResolveDependents dependents;

  private PipelinedCompletion(CompleteAndClaim turn, ResolveDependents dependents) {
    this.turn = turn;
    this.dependents = dependents;
  }

  /**
   * The trip of this turn, empty where it takes more.
   *
   * @param dependents tells those who need the settled task
   */
  static Optional<PipelinedTransaction<CompleteAndClaimResult>> of(
      CompleteAndClaim turn, ResolveDependents dependents) {
    boolean fits = turn.settle().map(PipelinedCompletion::leavesResultOnly).orElse(turn.claim());
    return fits ? Optional.of(new PipelinedCompletion(turn, dependents)) : Optional.empty();
  }

  static boolean leavesResultOnly(CompleteAndClaim.Settle settle) {
    return SucceedAndClaimStatement.fits(settle) && settle.leavesNothingElse();
  }

  private boolean isAwaited() {
    return turn.settle().flatMap(CompleteAndClaim.Settle::needed).isPresent();
  }

  @Override
  public String text() {
    if (turn.settle().isEmpty()) {
      return CLAIM;
    }
    return isAwaited() ? TELL : TURN;
  }

  @Override
  public boolean locksOwners() {
    return true;
  }

  @Override
  public void bind(PreparedStatement statement) throws SQLException {
    statement.setInt(OWNERS, turn.owner().queue());
    if (turn.settle().isEmpty()) {
      ClaimStatement.bind(statement, BEHIND_OWNERS, turn.owner());
      return;
    }
    CompleteAndClaim.Settle settle = turn.settle().get();
    SucceedAndClaimStatement.bind(statement, BEHIND_OWNERS, turn, isAwaited());
    if (isAwaited()) {
      String taskId = settle.needed().get();
      ResolveDependents.bindAlone(statement, AFTER_TURN, settle.task(), taskId);
      ClaimStatement.bindAfter(statement, AFTER_TELLING, turn.owner(), turn.claim(), settle.task());
    }
  }

  @Override
  public List<Optional<Outcome<CompleteAndClaimResult>>> read(Batch batch, ResultSet row)
      throws SQLException {
    return List.of(outcome(batch, row));
  }

  /**
   * A head that could not be claimed takes the long way, behind a settlement with the next turn.
   */
  private Optional<Outcome<CompleteAndClaimResult>> outcome(Batch batch, ResultSet row)
      throws SQLException {
    if (batch.owner(turn.owner().queue()).isEmpty()) {
      return Optional.of(Outcome.again()); // another transaction held the row: nothing was done
    }
    if (turn.settle().isEmpty()) {
      boolean left = row.getLong("head") != 0 && row.getObject("id") == null;
      return left ? Optional.empty() : Optional.of(done(batch, row));
    }
    if (!row.getBoolean("settled")) {
      return Optional.empty();
    }
    return Optional.of(isAwaited() ? told(batch, row.getStatement()) : done(batch, row));
  }

  private Outcome<CompleteAndClaimResult> done(Batch batch, ResultSet row) throws SQLException {
    return Outcome.done(CompleteTasks.result(batch, turn, allowed(batch), row));
  }

  private Outcome<CompleteAndClaimResult> told(Batch batch, Statement trip) throws SQLException {
    trip.getMoreResults();
    try (ResultSet rows = trip.getResultSet()) {
      dependents.released(batch, rows);
    }
    trip.getMoreResults();
    try (ResultSet row = trip.getResultSet()) {
      row.next();
      return Outcome.done(
          CompleteTasks.next(CompleteAndClaimResult.Settled.DONE, turn, allowed(batch), row));
    }
  }

  private CompleteAndClaimResult.Next allowed(Batch batch) {
    return CompleteTasks.allowed(turn.owner(), batch.owner(turn.owner().queue()).orElseThrow());
  }

  @Override
  public List<Optional<Outcome<CompleteAndClaimResult>>> find(Batch batch) throws SQLException {
    return List.of(found(batch));
  }

  private Optional<Outcome<CompleteAndClaimResult>> found(Batch batch) throws SQLException {
    boolean settled =
        turn.settle().isPresent() && CompleteTasks.wasSettledBefore(batch, turn.settle().get());
    boolean takesPart = turn.settle().isEmpty() || settled;
    Optional<Task> claimed =
        takesPart
            ? ClaimStatement.find(batch, turn.owner().queue()).stream().findFirst()
            : Optional.empty();
    return found(turn, settled, claimed);
  }

  /** What a lost turn is told, empty where it has written nothing. */
  static Optional<Outcome<CompleteAndClaimResult>> found(
      CompleteAndClaim turn, boolean settled, Optional<Task> claimed) {
    if (claimed.isEmpty() && !settled) {
      return Optional.empty();
    }
    CompleteAndClaimResult.Next otherwise =
        turn.claim()
            ? CompleteAndClaimResult.Next.ASK_AGAIN
            : CompleteAndClaimResult.Next.NOTHING_READY;
    return Optional.of(
        Outcome.done(
            new CompleteAndClaimResult(
                settled
                    ? CompleteAndClaimResult.Settled.DONE
                    : CompleteAndClaimResult.Settled.NOTHING,
                claimed,
                claimed.isPresent() ? CompleteAndClaimResult.Next.CLAIMED : otherwise)));
  }
}
