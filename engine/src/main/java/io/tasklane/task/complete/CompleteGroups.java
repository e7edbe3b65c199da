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
 * Settles what has ended and claims ahead, many at once, behind the lock on the queue's owner row:
 * the step of a queue whose completions are durable in groups.
 */
public final class CompleteGroups implements CommandKind<GroupCompletion, GroupResult> {
  private static final int EXPIRED_AT_ONCE = 500;

  private final RunOutputs leavings;
  private final AfterCompletion aftermath;
  private final ExpireTasks expiry;

  /**
   * Makes it.
   *
   * @param leavings of settled runs
   * @param aftermath of them
   * @param expiry ends what was not started in time
   */
  public CompleteGroups(RunOutputs leavings, AfterCompletion aftermath, ExpireTasks expiry) {
    this.leavings = leavings;
    this.aftermath = aftermath;
    this.expiry = expiry;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.COMPLETE_GROUPS;
  }

  @Override
  public Set<Integer> queuesOf(GroupCompletion turn) {
    return Set.of(turn.owner().queue());
  }

  @Override
  public Set<Integer> feeds(GroupCompletion turn) {
    return turn.settle().stream()
        .flatMap(settle -> settle.children().stream())
        .map(NewTask::queue)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Outcome<GroupResult>> execute(Batch batch, List<GroupCompletion> turns)
      throws SQLException {
    List<Outcome<GroupResult>> outcomes = new ArrayList<>();
    for (GroupCompletion turn : turns) {
      Optional<OwnerRow> owner = batch.owner(turn.owner().queue());
      List<NewTask> children =
          turn.settle().stream().flatMap(settle -> settle.children().stream()).toList();
      Optional<Outcome<GroupResult>> kept = IntakeCheck.ofRuns(batch::intake).keepsOut(children);
      outcomes.add(
          owner.isEmpty() || kept.isPresent()
              ? kept.orElse(Outcome.again())
              : Outcome.done(take(batch, turn, owner.get())));
    }
    return outcomes;
  }

  private GroupResult take(Batch batch, GroupCompletion turn, OwnerRow owner) throws SQLException {
    List<GroupResult.Settled> settled =
        turn.settle().isEmpty() ? List.of() : settle(batch, turn.settle());
    CompleteAndClaimResult.Next allowed = CompleteTasks.allowed(turn.owner(), owner);
    if (allowed != CompleteAndClaimResult.Next.CLAIMED || turn.ahead() == 0) {
      return new GroupResult(settled, List.of(), why(allowed));
    }
    return claim(batch, turn, settled);
  }

  private static GroupResult.Next why(CompleteAndClaimResult.Next next) {
    return switch (next) {
      case NOT_ACTIVE -> GroupResult.Next.NOT_ACTIVE;
      case BID -> GroupResult.Next.BID;
      case NOT_OWNER -> GroupResult.Next.NOT_OWNER;
      default -> GroupResult.Next.NOTHING_READY;
    };
  }

  private List<GroupResult.Settled> settle(Batch batch, List<CompleteAndClaim.Settle> settles)
      throws SQLException {
    AfterCompletion.Noted noted = new AfterCompletion.Noted();
    Map<Long, Boolean> held = CompleteManyStatement.settle(batch, settles, noted);
    List<GroupResult.Settled> settled = new ArrayList<>();
    for (CompleteAndClaim.Settle settle : settles) {
      Boolean done = held.get(settle.task());
      if (Boolean.TRUE.equals(done)) {
        leavings.keep(batch, settle);
      }
      settled.add(done == null ? repeated(batch, settle) : of(done));
    }
    aftermath.of(batch, noted);
    return settled;
  }

  private static GroupResult.Settled of(boolean done) {
    return done ? GroupResult.Settled.DONE : GroupResult.Settled.LATER;
  }

  /** Of a run whose token holds its task no longer. */
  private static GroupResult.Settled repeated(Batch batch, CompleteAndClaim.Settle settle)
      throws SQLException {
    return CompleteTasks.wasSettledBefore(batch, settle)
        ? GroupResult.Settled.DONE
        : GroupResult.Settled.STALE;
  }

  private GroupResult claim(Batch batch, GroupCompletion turn, List<GroupResult.Settled> settled)
      throws SQLException {
    List<Task> claimed = new ArrayList<>();
    boolean alone = false;
    long first = 0;
    try (PreparedStatement statement =
        batch.connection().prepareStatement(ClaimAheadStatement.SQL)) {
      ClaimAheadStatement.bind(statement, turn.owner(), turn.ahead());
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
      return new GroupResult(settled, claimed, GroupResult.Next.NOTHING_READY);
    }
    if (claimed.isEmpty() && alone) {
      return new GroupResult(settled, claimed, GroupResult.Next.HEAD_ALONE);
    }
    if (claimed.isEmpty()) { // what keeps it may be that its time has passed
      expiry.expire(batch, EXPIRED_AT_ONCE, first);
    }
    return new GroupResult(settled, claimed, GroupResult.Next.MORE);
  }
}
