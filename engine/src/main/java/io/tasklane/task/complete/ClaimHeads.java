package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.commit.OwnerRow;
import io.tasklane.commit.Ownership;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.key.FencingToken;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Task;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.claim.ClaimManyStatement;
import io.tasklane.task.claim.ClaimSql;
import io.tasklane.task.claim.ClaimStatement;
import io.tasklane.task.due.ExpireTasks;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Claims the heads of queues after the runs of a batch were completed. A head that does not meet
 * the features' conditions is checked; what is set aside makes way for the next.
 */
public final class ClaimHeads {
  private static final int EXPIRED_AT_ONCE = 500;

  /** Number of heads set aside in one command; then the owner asks again. */
  private static final int MOST_ASIDE = 100;

  private final ClaimSql pieces;
  private final ExpireTasks expiry;
  private final ClaimStatement one;
  private final ClaimManyStatement many;

  /**
   * Takes the parts that it uses.
   *
   * @param conditions of the features
   * @param expiry ends what was not started in time
   */
  public ClaimHeads(ClaimConditions conditions, ExpireTasks expiry) {
    this.pieces = new ClaimSql(conditions);
    this.expiry = expiry;
    this.one = new ClaimStatement(pieces);
    this.many = new ClaimManyStatement(pieces);
  }

  /** The SQL of claims. */
  public ClaimSql pieces() {
    return pieces;
  }

  /** Claims for these commands, which all may claim, as many tasks of each queue as there are. */
  Heads of(Batch batch, List<CompleteAndClaim> commands) throws SQLException {
    // a node that has lost its lease begins anew, and for a moment has queues of both starts
    Map<Long, List<CompleteAndClaim>> starts =
        commands.stream().collect(Collectors.groupingBy(command -> command.owner().incarnation()));
    Map<QueueKey, ClaimManyStatement.Claimed> claimed = new HashMap<>();
    for (List<CompleteAndClaim> start : starts.values()) {
      claimed.putAll(many.claim(batch.connection(), start.get(0).owner(), wanted(batch, start)));
    }
    return new Heads(batch, claimed);
  }

  private static Collection<ClaimManyStatement.Wanted> wanted(
      Batch batch, List<CompleteAndClaim> commands) {
    Map<QueueKey, ClaimManyStatement.Wanted> wanted = new LinkedHashMap<>();
    for (CompleteAndClaim command : commands) {
      OwnerRow owner = batch.owner(command.owner().queue()).orElseThrow();
      wanted.merge(
          owner.queue(),
          new ClaimManyStatement.Wanted(owner.queue(), 1, owner.concurrency(), false),
          ClaimManyStatement.Wanted::and);
    }
    return wanted.values();
  }

  /** Claims tasks of one queue ahead, in total at most this many. */
  ClaimManyStatement.Claimed ahead(Batch batch, Ownership mine, int tasks) throws SQLException {
    ClaimManyStatement.Wanted wanted =
        new ClaimManyStatement.Wanted(mine.queue(), tasks, tasks, true);
    return many.claim(batch.connection(), mine, List.of(wanted)).get(mine.queue());
  }

  /** Ends this head if its time has passed, and others of whom that is true. */
  void expire(Batch batch, TaskKey head) throws SQLException {
    expiry.expire(batch, EXPIRED_AT_ONCE, head);
  }

  /** What was claimed for the commands of a batch. */
  final class Heads {
    private final Batch batch;
    private final Map<QueueKey, ClaimManyStatement.Claimed> claimed;
    private final Map<QueueKey, Integer> given = new LinkedHashMap<>();
    private final Set<QueueKey> checked = new HashSet<>();

    private Heads(Batch batch, Map<QueueKey, ClaimManyStatement.Claimed> claimed) {
      this.batch = batch;
      this.claimed = claimed;
    }

    /** The next task of the queue for a command, or why there is none. */
    CompleteAndClaimResult next(CompletionStatus completion, Ownership mine) throws SQLException {
      ClaimManyStatement.Claimed of = claimed.get(mine.queue());
      Optional<Task> task = Optional.ofNullable(of.tasks().poll());
      if (task.isPresent()) {
        given.merge(mine.queue(), 1, Integer::sum);
        return new CompleteAndClaimResult(completion, task, ClaimStatus.CLAIMED);
      }
      if (of.free() <= given.getOrDefault(mine.queue(), 0)) {
        return nothing(completion, ClaimStatus.NO_SLOT);
      }
      if (of.unfit().equals(TaskKey.NONE)) {
        return nothing(completion, ClaimStatus.NOTHING_READY);
      }
      // the first command has dealt with that head: the next one takes what is the head now
      TaskKey head = checked.add(mine.queue()) ? of.unfit() : TaskKey.NONE;
      return checked(batch, completion, mine, head);
    }
  }

  /**
   * Checks a head that was not claimed, and claims it or one that follows it.
   *
   * @param unfit key of that head, NONE to claim the present head if it needs no check
   */
  private CompleteAndClaimResult checked(
      Batch batch, CompletionStatus completion, Ownership mine, TaskKey unfit) throws SQLException {
    TaskKey head = unfit;
    for (int aside = 0; aside < MOST_ASIDE; aside++) {
      ClaimVerdict verdict =
          head.equals(TaskKey.NONE) ? ClaimVerdict.MAY_RUN : pieces.conditions().check(batch, head);
      if (verdict instanceof ClaimVerdict.QueueWaits) {
        return nothing(completion, ClaimStatus.NOTHING_READY);
      }
      if (verdict instanceof ClaimVerdict.Given given) {
        started(batch, head, given.token(), given.checked());
      }
      Optional<ClaimVerdict.MayRun> may =
          verdict instanceof ClaimVerdict.MayRun run ? Optional.of(run) : Optional.empty();
      TaskKey cleared = may.isPresent() ? head : TaskKey.NONE;
      ClaimStatement.Found found = one.claim(batch, mine, cleared);
      if (found.claimed().isPresent()) {
        Task task = found.claimed().get();
        if (may.isPresent() && task.id().equals(head)) {
          started(batch, head, task.fencingToken(), may.get().checked());
        }
        return new CompleteAndClaimResult(completion, Optional.of(task), ClaimStatus.CLAIMED);
      }
      if (!found.free()) {
        return nothing(completion, ClaimStatus.NO_SLOT);
      }
      head = found.head();
      if (head.equals(TaskKey.NONE)) {
        return nothing(completion, ClaimStatus.NOTHING_READY);
      }
      if (head.equals(cleared)) { // not for lack of a condition: perhaps its time has passed
        expire(batch, head);
        return nothing(completion, ClaimStatus.ASK_AGAIN);
      }
    }
    return nothing(completion, ClaimStatus.ASK_AGAIN);
  }

  private static void started(
      Batch batch, TaskKey task, FencingToken token, List<ClaimCondition> checked)
      throws SQLException {
    for (ClaimCondition condition : checked) {
      condition.started(batch, task, token);
    }
  }

  private static CompleteAndClaimResult nothing(CompletionStatus completion, ClaimStatus why) {
    return new CompleteAndClaimResult(completion, Optional.empty(), why);
  }
}
