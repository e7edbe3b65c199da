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
 * Claims the head of a queue where the statement of the turn could not: after what the settled task
 * has released, or where the head needs resources, or has expired.
 */
public final class ClaimHead {
  private static final int EXPIRED_AT_ONCE = 500;

  /** Heads whose resource is short are set aside, so many in one command; then it asks again. */
  private static final int MOST_ASIDE = 100;

  private final ResourceUnits units;
  private final ExpireTasks expiry;

  /**
   * Makes it.
   *
   * @param units of resources that a head may need
   * @param expiry ends what was not started in time
   */
  public ClaimHead(ResourceUnits units, ExpireTasks expiry) {
    this.units = units;
    this.expiry = expiry;
  }

  /**
   * Goes on where nothing was claimed.
   *
   * @param first what became of the turn so far
   * @param head the task that was not claimed, 0 where the statement did not look
   */
  CompleteAndClaimResult goOn(
      Batch batch, CompleteAndClaim turn, CompleteAndClaimResult first, long head)
      throws SQLException {
    long seen = head;
    for (int aside = 0; aside < MOST_ASIDE; ) {
      ResourceUnits.Verdict verdict =
          seen == 0 ? ResourceUnits.Verdict.NEEDS_NOTHING : units.check(batch, seen);
      if (seen != 0 && verdict == ResourceUnits.Verdict.NEEDS_NOTHING) {
        expiry.expire(
            batch, EXPIRED_AT_ONCE, seen); // what keeps it may be that its time has passed
        return next(first, CompleteAndClaimResult.Next.ASK_AGAIN);
      }
      aside += verdict == ResourceUnits.Verdict.SET_ASIDE ? 1 : 0;
      long cleared = verdict == ResourceUnits.Verdict.FREE ? seen : 0;
      try (PreparedStatement statement = ClaimStatement.of(batch, turn.owner(), true, cleared);
          ResultSet row = statement.executeQuery()) {
        row.next();
        if (row.getObject("id") != null) {
          return claimed(batch, first, TaskRows.read(row), cleared);
        }
        if (!row.getBoolean("slot_free")) {
          return next(first, CompleteAndClaimResult.Next.NO_SLOT);
        }
        seen = row.getLong("head");
      }
      if (seen == 0) {
        return next(first, CompleteAndClaimResult.Next.NOTHING_READY);
      }
      if (seen == cleared) {
        expiry.expire(batch, EXPIRED_AT_ONCE, seen);
        return next(first, CompleteAndClaimResult.Next.ASK_AGAIN);
      }
    }
    return next(first, CompleteAndClaimResult.Next.ASK_AGAIN);
  }

  private CompleteAndClaimResult claimed(
      Batch batch, CompleteAndClaimResult first, Task task, long cleared) throws SQLException {
    if (cleared != 0) {
      units.started(batch, task.id(), task.fencingToken());
    }
    return new CompleteAndClaimResult(
        first.settled(), Optional.of(task), CompleteAndClaimResult.Next.CLAIMED);
  }

  private static CompleteAndClaimResult next(
      CompleteAndClaimResult first, CompleteAndClaimResult.Next why) {
    return new CompleteAndClaimResult(first.settled(), Optional.empty(), why);
  }
}
