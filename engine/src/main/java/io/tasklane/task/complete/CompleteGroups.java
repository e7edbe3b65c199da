package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.OwnerRow;
import io.tasklane.commit.SingleCommand;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Task;
import io.tasklane.task.claim.ClaimManyStatement;
import io.tasklane.task.create.IntakeCheck;
import io.tasklane.task.row.NewTask;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Completes many runs and claims many tasks ahead, under the lock on the queue's owner row: the
 * step of a queue whose completions are durable in groups.
 *
 * @param runs completes them
 * @param claims claims ahead
 */
public record CompleteGroups(CompleteRuns runs, ClaimHeads claims)
    implements SingleCommand<GroupCompletion, GroupResult> {
  @Override
  public CommandOrder order() {
    return CommandOrder.COMPLETE_GROUPS;
  }

  @Override
  public Set<QueueKey> queuesOf(GroupCompletion command) {
    return Set.of(command.owner().queue());
  }

  @Override
  public Set<QueueKey> targetQueues(GroupCompletion command) {
    return NewTask.queuesOf(children(command));
  }

  private static List<NewTask> children(GroupCompletion command) {
    return command.completions().stream()
        .flatMap(completion -> completion.children().stream())
        .toList();
  }

  @Override
  public Outcome<GroupResult> executeOne(Batch batch, GroupCompletion command) throws SQLException {
    Optional<OwnerRow> owner = batch.owner(command.owner().queue());
    Optional<Outcome<GroupResult>> kept =
        IntakeCheck.ofRuns(batch::intake).keepsOut(children(command));
    return owner.isEmpty() || kept.isPresent()
        ? kept.orElse(Outcome.again())
        : Outcome.done(take(batch, command, owner.get()));
  }

  private GroupResult take(Batch batch, GroupCompletion command, OwnerRow owner)
      throws SQLException {
    List<CompletionStatus> statuses = runs.complete(batch, command.completions());
    ClaimStatus allowed = CompleteTasks.allowed(command.owner(), owner);
    if (allowed != ClaimStatus.CLAIMED || command.ahead() == 0) {
      return new GroupResult(
          statuses,
          List.of(),
          allowed == ClaimStatus.CLAIMED ? ClaimStatus.NOTHING_READY : allowed);
    }
    return claim(batch, command, statuses);
  }

  private GroupResult claim(Batch batch, GroupCompletion command, List<CompletionStatus> statuses)
      throws SQLException {
    ClaimManyStatement.Claimed claimed = claims.ahead(batch, command.owner(), command.ahead());
    List<Task> tasks = List.copyOf(claimed.tasks());
    if (!tasks.isEmpty()) {
      return new GroupResult(statuses, tasks, ClaimStatus.MORE);
    }
    if (claimed.unfit().equals(TaskKey.NONE)) {
      return new GroupResult(statuses, tasks, ClaimStatus.NOTHING_READY);
    }
    if (claimed.alone()) {
      return new GroupResult(statuses, tasks, ClaimStatus.HEAD_ALONE);
    }
    claims.expire(batch, claimed.unfit()); // it may not start because its time has passed
    return new GroupResult(statuses, tasks, ClaimStatus.MORE);
  }
}
