package io.tasklane.rollup;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Database;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.EngineContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Keeps the rollups a few seconds behind the log. It reads and counts on a thread of its own, and
 * what it submits is small: the committer of this node waits for none of it. All nodes look; the
 * one that finds the cursor at rest goes on until it has caught up.
 */
public final class RollupFollower implements AutoCloseable {
  private static final String WORK = "rollups";
  private static final int BATCH = 10_000;

  /** So far are rollups behind at most, while a node has little to do. */
  static final Duration REST = Duration.ofSeconds(5);

  private final EngineContext context;
  private final OngoingFaults faults;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Begins to follow the log.
   *
   * @param context of the engine
   * @param threads makes its thread
   * @param faults is told while the log cannot be followed
   */
  public RollupFollower(EngineContext context, ThreadFactory threads, OngoingFaults faults) {
    this.context = context;
    this.faults = faults;
    this.thread = threads.newThread(this::work);
    thread.setName("tasklane-rollups");
    thread.start();
  }

  private void work() {
    while (!closed) {
      try {
        Optional<RollupCursor> at = context.database().with(c -> RollupCursor.quiet(c, REST));
        while (at.isPresent() && !closed) {
          at = step(at.get());
        }
        faults.ended(WORK);
      } catch (RuntimeException | Error failed) {
        if (!closed) {
          faults.failed(WORK, failed);
        }
      }
      rest();
    }
  }

  private void rest() {
    try {
      Thread.sleep(REST.toMillis());
    } catch (InterruptedException stop) {
      closed = true;
    }
  }

  private Optional<RollupCursor> step(RollupCursor from) {
    return step(context.database(), context.committer(), from, BATCH);
  }

  /**
   * Counts the next events after a position.
   *
   * @param limit how many at most
   * @return where to go on; empty where there is no more, or another node is at it
   */
  static Optional<RollupCursor> step(
      Database database, GroupCommitter committer, RollupCursor from, int limit) {
    RollupBatch next = database.with(c -> RollupBatch.next(c, from, limit));
    boolean counted = next.events() > 0 && committer.submit(new AddRollups(), next).join();
    return counted && next.events() == limit ? Optional.of(next.to()) : Optional.empty();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
