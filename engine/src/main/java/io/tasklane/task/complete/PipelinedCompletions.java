package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.PipelinedSql;
import io.tasklane.commit.PipelinedTransaction;
import io.tasklane.database.Parameters;
import io.tasklane.key.QueueKey;
import io.tasklane.task.Task;
import io.tasklane.task.claim.ClaimStatement;
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

/**
 * Complete-and-claim for several queues, or for the slots of one, in one round trip.
 *
 * @param statements built once
 * @param commands of one start of one node
 */
record PipelinedCompletions(CompletionStatements statements, List<CompleteAndClaim> commands)
    implements PipelinedTransaction<CompleteAndClaimResult> {

  /**
   * The pipelined transaction of these commands; empty where one of them needs more than one round
   * trip.
   */
  static Optional<PipelinedTransaction<CompleteAndClaimResult>> of(
      CompletionStatements statements, List<CompleteAndClaim> commands) {
    long starts =
        commands.stream().map(command -> command.owner().incarnation()).distinct().count();
    return starts == 1 && commands.stream().allMatch(PipelinedCompletions::fits)
        ? Optional.of(new PipelinedCompletions(statements, commands))
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
  public PipelinedSql sql() {
    return statements.succeedMany();
  }

  @Override
  public void bind(Parameters parameters) throws SQLException {
    Set<QueueKey> queues =
        commands.stream().map(command -> command.owner().queue()).collect(Collectors.toSet());
    parameters.set("owners", "int4", Batch.sorted(queues));
    SucceedAndClaimManyStatement.bind(parameters, commands);
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
    QueueKey queue = command.owner().queue();
    if (batch.owner(queue).isEmpty()) {
      return Optional.of(Outcome.again());
    }
    boolean isLeft = row.getLong("head") != 0 && row.getObject("id") == null;
    if (command.completion().isPresent() ? !row.getBoolean("completed") : isLeft) {
      return Optional.empty();
    }
    ClaimStatus allowed = CompleteTasks.allowed(command.owner(), batch.owner(queue).orElseThrow());
    CompletionStatus completion =
        command.completion().isPresent() ? CompletionStatus.DONE : CompletionStatus.NOTHING;
    return Optional.of(Outcome.done(CompleteTasks.next(completion, command, allowed, row)));
  }

  @Override
  public List<Optional<Outcome<CompleteAndClaimResult>>> find(Batch batch) throws SQLException {
    Map<QueueKey, Deque<Task>> claimed = new HashMap<>();
    List<Optional<Outcome<CompleteAndClaimResult>>> outcomes = new ArrayList<>();
    for (CompleteAndClaim command : commands) {
      QueueKey queue = command.owner().queue();
      if (!claimed.containsKey(queue)) {
        claimed.put(queue, new ArrayDeque<>(ClaimStatement.find(batch, queue)));
      }
      boolean completed =
          command.completion().isPresent()
              && CompletedBefore.holds(batch, command.completion().get());
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
