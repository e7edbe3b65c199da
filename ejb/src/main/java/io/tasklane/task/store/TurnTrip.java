package io.tasklane.task.store;

import io.tasklane.dependency.store.TellDependents;
import io.tasklane.store.Batch;
import io.tasklane.store.OneTrip;
import io.tasklane.store.Outcome;
import io.tasklane.task.Task;
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
final class TurnTrip implements OneTrip<TurnResult> {
  private static final String TURN = OneTrip.behindOwner(PlainTurnStatement.SQL);
  private static final String CLAIM = OneTrip.behindOwner(ClaimStatement.SQL);
  private static final String TELL =
      OneTrip.behindOwner(
          PlainTurnStatement.SQL + ";\n" + TellDependents.SQL + ";\n" + ClaimStatement.SQL);
  private static final int AFTER_TURN = BEHIND_OWNERS + 12;
  private static final int AFTER_TELLING = AFTER_TURN + 4;

  private final Turn turn;
  private final TellDependents dependents;

  private TurnTrip(Turn turn, TellDependents dependents) {
    this.turn = turn;
    this.dependents = dependents;
  }

  /**
   * The trip of this turn, empty where it takes more.
   *
   * @param dependents tells those who need the settled task
   */
  static Optional<OneTrip<TurnResult>> of(Turn turn, TellDependents dependents) {
    boolean fits = turn.settle().map(TurnTrip::leavesResultOnly).orElse(turn.claim());
    return fits ? Optional.of(new TurnTrip(turn, dependents)) : Optional.empty();
  }

  static boolean leavesResultOnly(Turn.Settle settle) {
    return PlainTurnStatement.fits(settle) && settle.leavesNothingElse();
  }

  private boolean isAwaited() {
    return turn.settle().flatMap(Turn.Settle::needed).isPresent();
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
    Turn.Settle settle = turn.settle().get();
    PlainTurnStatement.bind(statement, BEHIND_OWNERS, turn, isAwaited());
    if (isAwaited()) {
      String taskId = settle.needed().get();
      TellDependents.bindAlone(statement, AFTER_TURN, settle.task(), taskId);
      ClaimStatement.bindAfter(statement, AFTER_TELLING, turn);
    }
  }

  @Override
  public List<Optional<Outcome<TurnResult>>> read(Batch batch, ResultSet row) throws SQLException {
    return List.of(outcome(batch, row));
  }

  /**
   * A head that could not be claimed takes the long way, behind a settlement with the next turn.
   */
  private Optional<Outcome<TurnResult>> outcome(Batch batch, ResultSet row) throws SQLException {
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

  private Outcome<TurnResult> done(Batch batch, ResultSet row) throws SQLException {
    return Outcome.done(TakeTurns.result(batch, turn, allowed(batch), row));
  }

  private Outcome<TurnResult> told(Batch batch, Statement trip) throws SQLException {
    trip.getMoreResults();
    try (ResultSet rows = trip.getResultSet()) {
      dependents.released(batch, rows);
    }
    trip.getMoreResults();
    try (ResultSet row = trip.getResultSet()) {
      row.next();
      return Outcome.done(TakeTurns.next(TurnResult.Settled.DONE, turn, allowed(batch), row));
    }
  }

  private TurnResult.Next allowed(Batch batch) {
    return TakeTurns.allowed(turn.owner(), batch.owner(turn.owner().queue()).orElseThrow());
  }

  @Override
  public List<Optional<Outcome<TurnResult>>> find(Batch batch) throws SQLException {
    return List.of(found(batch));
  }

  private Optional<Outcome<TurnResult>> found(Batch batch) throws SQLException {
    boolean settled =
        turn.settle().isPresent() && TakeTurns.wasSettledBefore(batch, turn.settle().get());
    boolean takesPart = turn.settle().isEmpty() || settled;
    Optional<Task> claimed =
        takesPart
            ? ClaimStatement.find(batch, turn.owner().queue()).stream().findFirst()
            : Optional.empty();
    return found(turn, settled, claimed);
  }

  /** What a lost turn is told, empty where it has written nothing. */
  static Optional<Outcome<TurnResult>> found(Turn turn, boolean settled, Optional<Task> claimed) {
    if (claimed.isEmpty() && !settled) {
      return Optional.empty();
    }
    TurnResult.Next otherwise =
        turn.claim() ? TurnResult.Next.ASK_AGAIN : TurnResult.Next.NOTHING_READY;
    return Optional.of(
        Outcome.done(
            new TurnResult(
                settled ? TurnResult.Settled.DONE : TurnResult.Settled.NOTHING,
                claimed,
                claimed.isPresent() ? TurnResult.Next.CLAIMED : otherwise)));
  }
}
