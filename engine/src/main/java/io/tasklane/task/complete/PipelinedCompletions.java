package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.PipelinedTransaction;
import io.tasklane.task.Task;
import io.tasklane.task.claim.ClaimStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The turns of several queues, or of the lanes of one, in one round trip. */
final class PipelinedCompletions implements PipelinedTransaction<CompleteAndClaimResult> {
  private static final String TEXT =
      PipelinedTransaction.behindOwners(SucceedAndClaimManyStatement.SQL);

  private final List<CompleteAndClaim> turns;

  private PipelinedCompletions(List<CompleteAndClaim> turns) {
    this.turns = turns;
  }

  /** The trip of these turns, empty where one of them takes more. */
  static Optional<PipelinedTransaction<CompleteAndClaimResult>> of(List<CompleteAndClaim> turns) {
    long starts = turns.stream().map(turn -> turn.owner().incarnation()).distinct().count();
    return starts == 1 && turns.stream().allMatch(PipelinedCompletions::fits)
        ? Optional.of(new PipelinedCompletions(turns))
        : Optional.empty();
  }

  private static boolean fits(CompleteAndClaim turn) {
    return turn.settle()
        .map(settle -> PipelinedCompletion.leavesResultOnly(settle) && settle.needed().isEmpty())
        .orElse(turn.claim());
  }

  @Override
  public String text() {
    return TEXT;
  }

  @Override
  public boolean locksOwners() {
    return true;
  }

  @Override
  public void bind(PreparedStatement statement) throws SQLException {
    Set<Integer> queues =
        turns.stream().map(turn -> turn.owner().queue()).collect(Collectors.toSet());
    statement.setArray(OWNERS, Batch.keys(statement.getConnection(), queues));
    SucceedAndClaimManyStatement.bind(statement, BEHIND_OWNERS, turns);
  }

  @Override
  public List<Optional<Outcome<CompleteAndClaimResult>>> read(Batch batch, ResultSet first)
      throws SQLException {
    List<Optional<Outcome<CompleteAndClaimResult>>> outcomes = new ArrayList<>();
    ResultSet row = first;
    for (CompleteAndClaim turn : turns) {
      outcomes.add(outcome(batch, turn, row));
      row.next();
    }
    return outcomes;
  }

  /** A head that could not be claimed takes the long way, as in {@link PipelinedCompletion}. */
  private static Optional<Outcome<CompleteAndClaimResult>> outcome(
      Batch batch, CompleteAndClaim turn, ResultSet row) throws SQLException {
    int queue = turn.owner().queue();
    if (batch.owner(queue).isEmpty()) {
      return Optional.of(Outcome.again());
    }
    boolean isLeft = row.getLong("head") != 0 && row.getObject("id") == null;
    if (turn.settle().isPresent() ? !row.getBoolean("settled") : isLeft) {
      return Optional.empty();
    }
    CompleteAndClaimResult.Next allowed =
        CompleteTasks.allowed(turn.owner(), batch.owner(queue).orElseThrow());
    return Optional.of(Outcome.done(CompleteTasks.result(batch, turn, allowed, row)));
  }

  @Override
  public List<Optional<Outcome<CompleteAndClaimResult>>> find(Batch batch) throws SQLException {
    Map<Integer, Deque<Task>> claimed = new HashMap<>();
    List<Optional<Outcome<CompleteAndClaimResult>>> outcomes = new ArrayList<>();
    for (CompleteAndClaim turn : turns) {
      int queue = turn.owner().queue();
      if (!claimed.containsKey(queue)) {
        claimed.put(queue, new ArrayDeque<>(ClaimStatement.find(batch, queue)));
      }
      boolean settled =
          turn.settle().isPresent() && CompleteTasks.wasSettledBefore(batch, turn.settle().get());
      boolean takesPart = turn.settle().isEmpty() || settled;
      Optional<Task> task =
          turn.claim() && takesPart
              ? Optional.ofNullable(claimed.get(queue).poll())
              : Optional.empty();
      outcomes.add(PipelinedCompletion.found(turn, settled, task));
    }
    return outcomes;
  }
}
