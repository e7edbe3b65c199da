package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.OwnerRow;
import io.tasklane.task.Task;
import io.tasklane.task.claim.ClaimManyStatement;
import io.tasklane.task.create.IntakeCheck;
import io.tasklane.task.row.NewTask;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Completes many runs and claims many tasks ahead, under the lock on the queue's owner row: the
 * step of a queue whose completions are durable in groups.
 */
public final class CompleteGroups implements CommandKind<GroupCompletion, GroupResult> {
  private final CompleteRuns runs;
  private final ClaimHeads claims;

  /**
   * Creates the command with the parts it uses.
   *
   * @param runs completes them
   * @param claims claims ahead
   */
  public CompleteGroups(CompleteRuns runs, ClaimHeads claims) {
    this.runs = runs;
    this.claims = claims;
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
    List<CompletionStatus> statuses = runs.complete(batch, command.completions());
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

  private GroupResult claim(Batch batch, GroupCompletion command, List<CompletionStatus> statuses)
      throws SQLException {
    ClaimManyStatement.Claimed claimed = claims.ahead(batch, command.owner(), command.ahead());
    List<Task> tasks = List.copyOf(claimed.tasks());
    if (!tasks.isEmpty()) {
      return new GroupResult(statuses, tasks, GroupResult.ClaimStatus.MORE);
    }
    if (claimed.unfit() == 0) {
      return new GroupResult(statuses, tasks, GroupResult.ClaimStatus.NOTHING_READY);
    }
    if (claimed.alone()) {
      return new GroupResult(statuses, tasks, GroupResult.ClaimStatus.HEAD_ALONE);
    }
    claims.expire(batch, claimed.unfit()); // it may not start because its time has passed
    return new GroupResult(statuses, tasks, GroupResult.ClaimStatus.MORE);
  }
}
