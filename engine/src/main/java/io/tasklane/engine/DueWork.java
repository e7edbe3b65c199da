package io.tasklane.engine;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.queue.admin.RekeyTasks;
import io.tasklane.queue.dispatch.WaitingTasks;
import io.tasklane.resource.RefillResources;
import io.tasklane.task.due.ExpireTasks;
import io.tasklane.task.due.ReleaseDue;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Releases what is due, expires what is too late, and recomputes order keys after a queue has
 * changed its order. The tick of the application's timer guarantees it; commands that make
 * something due soon also set an alarm, so that a backoff of a second does not become two.
 */
final class DueWork implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DueWork.class.getName());
  private static final int AT_ONCE = 500;
  private static final Duration LONGEST_ALARM = Duration.ofMinutes(1);

  /** The alarm's clock may run a little ahead of the database's. */
  private static final long SLACK_MILLIS = 3;

  private final GroupCommitter committer;
  private final ReleaseDue due;
  private final ExpireTasks expiry;
  private final RefillResources refills;
  private final RekeyTasks places = new RekeyTasks();
  private final WaitingTasks waiting;
  private final ScheduledThreadPoolExecutor alarms;

  DueWork(
      GroupCommitter committer,
      ReleaseDue due,
      ExpireTasks expiry,
      RefillResources refills,
      WaitingTasks waiting,
      ThreadFactory threads) {
    this.committer = committer;
    this.due = due;
    this.expiry = expiry;
    this.refills = refills;
    this.waiting = waiting;
    this.alarms = new ScheduledThreadPoolExecutor(1, threads);
    this.alarms.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Expires and releases everything that is due now. */
  void tick() {
    while (waiting.isOverdue() && committer.submit(expiry, AT_ONCE).join() == AT_ONCE) {
      LOG.fine("more has expired than one batch ends");
    }
    while (waiting.isDue() && committer.submit(due, AT_ONCE).join() == AT_ONCE) {
      LOG.fine("more is due than one batch releases");
    }
    while (waiting.isRefilled() && committer.submit(refills, AT_ONCE).join() == AT_ONCE) {
      LOG.fine("more resources are refilled than one batch looks at");
    }
    while (waiting.isToRekey() && committer.submit(places, AT_ONCE).join() > 0) {
      LOG.fine("more places are to be found than one batch finds");
    }
  }

  /** Something is due after this delay. */
  void wakeIn(Duration time) {
    if (time.compareTo(LONGEST_ALARM) <= 0 && !alarms.isShutdown()) {
      long millis = Math.max(0, time.toMillis()) + SLACK_MILLIS;
      alarms.schedule(this::ring, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void ring() {
    try {
      tick();
    } catch (RuntimeException away) {
      LOG.log(Level.WARNING, "what is due is released by the next tick", away);
    }
  }

  /** Runs this on the alarm's thread; if it fails, the next tick does it again. */
  void soon(Runnable look) {
    if (!alarms.isShutdown()) {
      alarms.execute(
          () -> {
            try {
              look.run();
            } catch (RuntimeException away) {
              LOG.log(Level.WARNING, "the next tick looks again", away);
            }
          });
    }
  }

  @Override
  public void close() {
    alarms.shutdownNow();
  }
}
