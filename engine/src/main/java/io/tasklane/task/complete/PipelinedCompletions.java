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

/** Complete-and-claim for several queues, or for the slots of one, in one round trip. */
final class PipelinedCompletions implements PipelinedTransaction<CompleteAndClaimResult> {
  private static final String TEXT =
      PipelinedTransaction.afterOwners(SucceedAndClaimManyStatement.SQL);

  private final List<CompleteAndClaim> commands;

  private PipelinedCompletions(List<CompleteAndClaim> commands) {
    this.commands = commands;
  }

  /**
   * The pipelined transaction of these commands; empty where one of them needs more than one round
   * trip.
   */
  static Optional<PipelinedTransaction<CompleteAndClaimResult>> of(
      List<CompleteAndClaim> commands) {
    long starts =
        commands.stream().map(command -> command.owner().incarnation()).distinct().count();
    return starts == 1 && commands.stream().allMatch(PipelinedCompletions::fits)
        ? Optional.of(new PipelinedCompletions(commands))
        : Optional.empty();
  }

  private static boolean fits(CompleteAndClaim command) {
    return command
        .completion()
        .map(
            completion ->
                PipelinedCompletion.leavesResultOnly(completion) && completion.needed().isEmpty())
        .orElse(command.claim());
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
        commands.stream().map(command -> command.owner().queue()).collect(Collectors.toSet());
    statement.setArray(OWNERS, Batch.keys(statement.getConnection(), queues));
    SucceedAndClaimManyStatement.bind(statement, AFTER_OWNERS, commands);
  }

  @Override
  public List<Optional<Outcome<CompleteAndClaimResult>>> read(Batch batch, ResultSet first)
      throws SQLException {
    List<Optional<Outcome<CompleteAndClaimResult>>> outcomes = new ArrayList<>();
    ResultSet row = first;
    for (CompleteAndClaim command : commands) {
      outcomes.add(outcome(batch, command, row));
      row.next();
    }
    return outcomes;
  }

  /** A head that could not be claimed takes the general way, as in {@link PipelinedCompletion}. */
  private static Optional<Outcome<CompleteAndClaimResult>> outcome(
      Batch batch, CompleteAndClaim command, ResultSet row) throws SQLException {
    int queue = command.owner().queue();
    if (batch.owner(queue).isEmpty()) {
      return Optional.of(Outcome.again());
    }
    boolean isLeft = row.getLong("head") != 0 && row.getObject("id") == null;
    if (command.completion().isPresent() ? !row.getBoolean("completed") : isLeft) {
      return Optional.empty();
    }
    CompleteAndClaimResult.ClaimStatus allowed =
        CompleteTasks.allowed(command.owner(), batch.owner(queue).orElseThrow());
    return Optional.of(Outcome.done(CompleteTasks.result(batch, command, allowed, row)));
  }

  @Override
  public List<Optional<Outcome<CompleteAndClaimResult>>> find(Batch batch) throws SQLException {
    Map<Integer, Deque<Task>> claimed = new HashMap<>();
    List<Optional<Outcome<CompleteAndClaimResult>>> outcomes = new ArrayList<>();
    for (CompleteAndClaim command : commands) {
      int queue = command.owner().queue();
      if (!claimed.containsKey(queue)) {
        claimed.put(queue, new ArrayDeque<>(ClaimStatement.find(batch, queue)));
      }
      boolean completed =
          command.completion().isPresent()
              && CompleteTasks.wasCompletedBefore(batch, command.completion().get());
      boolean takesPart = command.completion().isEmpty() || completed;
      Optional<Task> task =
          command.claim() && takesPart
              ? Optional.ofNullable(claimed.get(queue).poll())
              : Optional.empty();
      outcomes.add(PipelinedCompletion.found(command, completed, task));
    }
    return outcomes;
  }
}
