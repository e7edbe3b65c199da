package io.tasklane.task.complete;

import io.tasklane.commit.Batch;
import io.tasklane.resource.ResourceUnits;
import io.tasklane.task.Task;
import io.tasklane.task.claim.ClaimStatement;
import io.tasklane.task.due.ExpireTasks;
import io.tasklane.task.row.TaskRows;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Claims the head of a queue where the complete-and-claim statement could not: after the completed
 * task has released its dependents, or where the head needs resources or has expired.
 */
public final class ClaimHead {
  private static final int EXPIRED_AT_ONCE = 500;

  /** Number of heads set aside in one command for lack of a resource; then the owner asks again. */
  private static final int MOST_ASIDE = 100;

  private final ResourceUnits units;
  private final ExpireTasks expiry;

  /**
   * Takes the parts that it uses.
   *
   * @param units of resources that a head may need
   * @param expiry ends what was not started in time
   */
  public ClaimHead(ResourceUnits units, ExpireTasks expiry) {
    this.units = units;
    this.expiry = expiry;
  }

  /**
   * Continues where nothing was claimed.
   *
   * @param first the result so far
   * @param head the task that was not claimed, 0 where the statement did not look
   */
  CompleteAndClaimResult goOn(
      Batch batch, CompleteAndClaim command, CompleteAndClaimResult first, long head)
      throws SQLException {
    long seen = head;
    for (int aside = 0; aside < MOST_ASIDE; ) {
      ResourceUnits.Verdict verdict =
          seen == 0 ? ResourceUnits.Verdict.NEEDS_NOTHING : units.check(batch, seen);
      if (seen != 0 && verdict == ResourceUnits.Verdict.NEEDS_NOTHING) {
        expiry.expire(batch, EXPIRED_AT_ONCE, seen); // it may not start because its time has passed
        return next(first, CompleteAndClaimResult.ClaimStatus.ASK_AGAIN);
      }
      aside += verdict == ResourceUnits.Verdict.SET_ASIDE ? 1 : 0;
      long cleared = verdict == ResourceUnits.Verdict.FREE ? seen : 0;
      try (PreparedStatement statement = ClaimStatement.of(batch, command.owner(), true, cleared);
          ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getObject("id") != null) {
          return claimed(batch, first, TaskRows.read(row), cleared);
        }
        if (!row.getBoolean("slot_free")) {
          return next(first, CompleteAndClaimResult.ClaimStatus.NO_SLOT);
        }
        seen = row.getLong("head");
      }
      if (seen == 0) {
        return next(first, CompleteAndClaimResult.ClaimStatus.NOTHING_READY);
      }
      if (seen == cleared) {
        expiry.expire(batch, EXPIRED_AT_ONCE, seen);
        return next(first, CompleteAndClaimResult.ClaimStatus.ASK_AGAIN);
      }
    }
    return next(first, CompleteAndClaimResult.ClaimStatus.ASK_AGAIN);
  }

  private CompleteAndClaimResult claimed(
      Batch batch, CompleteAndClaimResult first, Task task, long cleared) throws SQLException {
    if (cleared != 0) {
      units.started(batch, task.id(), task.fencingToken());
    }
    return new CompleteAndClaimResult(
        first.completion(), Optional.of(task), CompleteAndClaimResult.ClaimStatus.CLAIMED);
  }

  private static CompleteAndClaimResult next(
      CompleteAndClaimResult first, CompleteAndClaimResult.ClaimStatus why) {
    return new CompleteAndClaimResult(first.completion(), Optional.empty(), why);
  }
}
