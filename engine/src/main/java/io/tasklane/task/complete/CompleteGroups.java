package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.OwnerRow;
import io.tasklane.task.Task;
import io.tasklane.task.claim.ClaimAheadStatement;
import io.tasklane.task.create.IntakeCheck;
import io.tasklane.task.due.ExpireTasks;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.TaskRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Completes many runs and claims many tasks ahead, under the lock on the queue's owner row: the
 * step of a queue whose completions are durable in groups.
 */
public final class CompleteGroups implements CommandKind<GroupCompletion, GroupResult> {
  private static final int EXPIRED_AT_ONCE = 500;

  private final RunOutputs outputs;
  private final AfterCompletion afterCompletion;
  private final ExpireTasks expiry;

  /**
   * Creates the command with the parts it uses.
   *
   * @param outputs of completed runs
   * @param afterCompletion what their completion changes for other tasks
   * @param expiry ends what was not started in time
   */
  public CompleteGroups(RunOutputs outputs, AfterCompletion afterCompletion, ExpireTasks expiry) {
    this.outputs = outputs;
    this.afterCompletion = afterCompletion;
    this.expiry = expiry;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.COMPLETE_GROUPS;
  }

  @Override
  public Set<Integer> queuesOf(GroupCompletion command) {
    return Set.of(command.owner().queue());
  }

  @Override
  public Set<Integer> targetQueues(GroupCompletion command) {
    return command.completions().stream()
        .flatMap(completion -> completion.children().stream())
        .map(NewTask::queue)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Outcome<GroupResult>> execute(Batch batch, List<GroupCompletion> commands)
      throws SQLException {
    List<Outcome<GroupResult>> outcomes = new ArrayList<>();
    for (GroupCompletion command : commands) {
      Optional<OwnerRow> owner = batch.owner(command.owner().queue());
      List<NewTask> children =
          command.completions().stream()
              .flatMap(completion -> completion.children().stream())
              .toList();
      Optional<Outcome<GroupResult>> kept = IntakeCheck.ofRuns(batch::intake).keepsOut(children);
      outcomes.add(
          owner.isEmpty() || kept.isPresent()
              ? kept.orElse(Outcome.again())
              : Outcome.done(take(batch, command, owner.get())));
    }
    return outcomes;
  }

  private GroupResult take(Batch batch, GroupCompletion command, OwnerRow owner)
      throws SQLException {
    List<GroupResult.CompletionStatus> statuses =
        command.completions().isEmpty() ? List.of() : complete(batch, command.completions());
    CompleteAndClaimResult.ClaimStatus allowed = CompleteTasks.allowed(command.owner(), owner);
    if (allowed != CompleteAndClaimResult.ClaimStatus.CLAIMED || command.ahead() == 0) {
      return new GroupResult(statuses, List.of(), why(allowed));
    }
    return claim(batch, command, statuses);
  }

  private static GroupResult.ClaimStatus why(CompleteAndClaimResult.ClaimStatus next) {
    return switch (next) {
      case NOT_ACTIVE -> GroupResult.ClaimStatus.NOT_ACTIVE;
      case BID -> GroupResult.ClaimStatus.BID;
      case NOT_OWNER -> GroupResult.ClaimStatus.NOT_OWNER;
      default -> GroupResult.ClaimStatus.NOTHING_READY;
    };
  }

  private List<GroupResult.CompletionStatus> complete(
      Batch batch, List<CompleteAndClaim.Completion> completions) throws SQLException {
    AfterCompletion.CompletedRuns completed = new AfterCompletion.CompletedRuns();
    Map<Long, Boolean> held = CompleteManyStatement.complete(batch, completions, completed);
    List<GroupResult.CompletionStatus> statuses = new ArrayList<>();
    for (CompleteAndClaim.Completion completion : completions) {
      Boolean done = held.get(completion.task());
      if (Boolean.TRUE.equals(done)) {
        outputs.keep(batch, completion);
      }
      statuses.add(done == null ? repeated(batch, completion) : of(done));
    }
    afterCompletion.of(batch, completed);
    return statuses;
  }

  private static GroupResult.CompletionStatus of(boolean done) {
    return done ? GroupResult.CompletionStatus.DONE : GroupResult.CompletionStatus.LATER;
  }

  /** The status of a run whose token no longer holds its task. */
  private static GroupResult.CompletionStatus repeated(
      Batch batch, CompleteAndClaim.Completion completion) throws SQLException {
    return CompleteTasks.wasCompletedBefore(batch, completion)
        ? GroupResult.CompletionStatus.DONE
        : GroupResult.CompletionStatus.STALE;
  }

  private GroupResult claim(
      Batch batch, GroupCompletion command, List<GroupResult.CompletionStatus> statuses)
      throws SQLException {
    List<Task> claimed = new ArrayList<>();
    boolean alone = false;
    long first = 0;
    try (PreparedStatement statement =
        batch.connection().prepareStatement(ClaimAheadStatement.SQL)) {
      ClaimAheadStatement.bind(statement, command.owner(), command.ahead());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          alone = row.getBoolean("first_alone");
          first = row.getLong("first");
          if (row.getObject("id") != null) {
            claimed.add(TaskRows.read(row));
          }
        }
      }
    }
    if (first == 0) {
      return new GroupResult(statuses, claimed, GroupResult.ClaimStatus.NOTHING_READY);
    }
    if (claimed.isEmpty() && alone) {
      return new GroupResult(statuses, claimed, GroupResult.ClaimStatus.HEAD_ALONE);
    }
    if (claimed.isEmpty()) { // it may not start because its time has passed
      expiry.expire(batch, EXPIRED_AT_ONCE, first);
    }
    return new GroupResult(statuses, claimed, GroupResult.ClaimStatus.MORE);
  }
}
