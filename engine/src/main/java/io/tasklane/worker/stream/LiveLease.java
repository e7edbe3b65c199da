package io.tasklane.worker.stream;

import io.tasklane.key.QueueKey;
import io.tasklane.task.Payload;
import io.tasklane.task.Progress;
import io.tasklane.task.Task;
import io.tasklane.task.run.RunLog;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Ticker;
import io.tasklane.worker.HeldLease;
import io.tasklane.worker.LeaseKey;
import io.tasklane.worker.LeaseName;
import io.tasklane.worker.WorkerListener;
import java.time.Duration;
import java.util.Optional;

/**
 * A lease of a worker whose stream ends at this node, with what is known of its run here alone: the
 * log and the partial result. Time is monotonic. Safe for many threads.
 */
final class LiveLease {
  private final LeaseName name;
  private final LeaseKey key;
  private final QueueKey queue;
  private final Task task;
  private final int attempt;
  private final Duration limit;
  private final boolean limitedByTotal;
  private final Ticker ticker;
  private final RunLog log = new RunLog();
  private boolean running;
  private long begun;
  private boolean ending;
  private Optional<Payload> partial = Optional.empty();
  private Optional<Progress> progress = Optional.empty();
  private Optional<WorkerListener.Stop> stop = Optional.empty();
  private Optional<Duration> endAt = Optional.empty();

  private LiveLease(HeldLease held, Task task, int attempt, Ticker ticker) {
    this.name = held.name();
    this.key = held.key();
    this.queue = held.queue();
    this.task = task;
    this.attempt = attempt;
    this.limit = held.limit();
    this.limitedByTotal = held.limitedByTotal();
    this.ticker = ticker;
  }

  /**
   * A lease as its row has it.
   *
   * @param held the row
   * @param task as it is now
   */
  static LiveLease of(HeldLease held, Task task, Ticker ticker) {
    LiveLease lease = new LiveLease(held, task, task.attempt() + (held.isOffer() ? 1 : 0), ticker);
    if (!held.isOffer()) {
      lease.running = true;
      lease.begun = ticker.nanos() - held.elapsed().toNanos();
    }
    return lease;
  }

  /** What is left of a lease that this stream does not have: for an end that is sent once more. */
  static LiveLease ended(LeaseName name, QueueKey queue, Task task, Ticker ticker) {
    HeldLease held =
        new HeldLease(
            0,
            "",
            task.id(),
            queue,
            name,
            TaskState.RUNNING,
            Duration.ZERO,
            task.lostCount(),
            task.attemptTimeout(),
            false,
            false);
    return of(held, task, ticker);
  }

  LeaseName name() {
    return name;
  }

  LeaseKey key() {
    return key;
  }

  QueueKey queue() {
    return queue;
  }

  Task task() {
    return task;
  }

  /** Number of the attempt of its run. */
  int attempt() {
    return attempt;
  }

  RunLog log() {
    return log;
  }

  /** The time limit of the run. */
  Duration limit() {
    return limit;
  }

  /** Whether that is what is left of the limit of all attempts together. */
  boolean isLimitedByTotal() {
    return limitedByTotal;
  }

  synchronized boolean isRunning() {
    return running;
  }

  synchronized void started() {
    if (!running) {
      running = true;
      begun = ticker.nanos();
    }
  }

  /** Whether its time limit is reached. */
  synchronized boolean isOverLimit() {
    return running && ticker.since(begun).compareTo(limit) >= 0;
  }

  /** Marks it as ending: what happens to the task from now on is no news to the worker. */
  synchronized boolean endNow() {
    boolean first = !ending;
    ending = true;
    return first;
  }

  /** Its end could not be written. */
  synchronized void endsNot() {
    ending = false;
  }

  synchronized boolean isEnding() {
    return ending;
  }

  synchronized Optional<Payload> partial() {
    return partial;
  }

  synchronized void partial(Payload reached) {
    partial = Optional.of(reached);
  }

  /** Whether this progress is another one than the last. */
  synchronized boolean isNews(Progress reported) {
    boolean news = progress.filter(reported::equals).isEmpty();
    progress = Optional.of(reported);
    return news;
  }

  synchronized Optional<WorkerListener.Stop> stop() {
    return stop;
  }

  /**
   * The run has to stop.
   *
   * @param why the first reason counts
   * @param within after so long the server ends the run
   * @return whether that is news
   */
  synchronized boolean stop(WorkerListener.Stop why, Duration within) {
    boolean news = stop.isEmpty();
    stop = stop.or(() -> Optional.of(why));
    Duration at = ticker.since(begun).plus(within);
    endAt = Optional.of(endAt.filter(sooner -> sooner.compareTo(at) <= 0).orElse(at));
    return news;
  }

  /** Whether the run should have ended by now. */
  synchronized boolean isOverdue() {
    return running
        && !ending
        && endAt.filter(at -> ticker.since(begun).compareTo(at) >= 0).isPresent();
  }
}
