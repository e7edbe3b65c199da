package io.tasklane.engine;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.DueWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * Does the due work of all features, in the order in which it was registered. The tick of the
 * application's timer guarantees it; commands that make something due soon also set an alarm, so
 * that a backoff of a second does not become two.
 */
final class DueWorkLoop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(DueWorkLoop.class.getName());
  private static final Duration LONGEST_ALARM = Duration.ofMinutes(1);

  /** The alarm's clock may run a little ahead of the database's. */
  private static final long SLACK_MILLIS = 3;

  private final Database database;
  private final GroupCommitter committer;
  private final OngoingFaults faults;
  private final List<DueWork> registered = new CopyOnWriteArrayList<>();
  private final ScheduledThreadPoolExecutor alarms;

  /**
   * Has no work yet.
   *
   * @param database where probes look
   * @param committer does the work
   * @param threads makes its thread
   * @param faults is told what fails
   */
  DueWorkLoop(
      Database database, GroupCommitter committer, ThreadFactory threads, OngoingFaults faults) {
    this.database = database;
    this.committer = committer;
    this.faults = faults;
    this.alarms = new ScheduledThreadPoolExecutor(1, threads);
    this.alarms.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Does this too from now on, after what it does already. */
  void register(List<DueWork> work) {
    registered.addAll(work);
  }

  /** Does everything that is due now. Work that fails does not keep the next from being done. */
  void tick() {
    for (DueWork work : registered) {
      faults.attempt(work.name(), () -> doAll(work));
    }
  }

  private void doAll(DueWork work) {
    while (isDue(work) && committer.submit(work.command(), work.batch()).join() >= work.again()) {
      LOG.fine(() -> work.name() + ": there may be more than one batch");
    }
  }

  private boolean isDue(DueWork work) {
    return database.with(c -> NamedSql.on(c, work.probe()).one(row -> row.getBoolean(1)));
  }

  /** Something is due after this delay. */
  void wakeIn(Duration time) {
    if (time.compareTo(LONGEST_ALARM) <= 0 && !alarms.isShutdown()) {
      long millis = Math.max(0, time.toMillis()) + SLACK_MILLIS;
      alarms.schedule(this::tick, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Runs this on the alarm's thread; if it fails, the next tick does it again. */
  void soon(Runnable look) {
    if (!alarms.isShutdown()) {
      alarms.execute(() -> faults.attempt("queues of dead nodes", look));
    }
  }

  @Override
  public void close() {
    alarms.shutdownNow();
  }
}
