package io.tasklane.task.run;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.event.LogEvent;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Task;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.task.state.Move;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;

/**
 * Watches the runs of this node on one thread: their time limits, the grace period of a
 * cancellation, and their progress, which it sends at most five times a second.
 */
public final class RunWatch implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(RunWatch.class.getName());
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int LOOKS_A_REPORT = 10;
  private static final int LOOKS_A_LOG = 50;
  private static final String WATCHING = "watch over runs";

  /** After so many looks without a run it rests until the next one begins. */
  private static final int LOOKS_WITHOUT_RUN = 100;

  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int CANCELS_KEPT = 4096;

  private final Map<TaskKey, LiveRun> runs = new ConcurrentHashMap<>();

  /** Task and force. Nothing leads from CANCELLING back to RUNNING, so none is ever out of date. */
  private final Map<TaskKey, Boolean> cancels = Collections.synchronizedMap(new LatestCancels());

  private final OngoingFaults faults;
  private final RunReports reports;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean rests;
  private volatile Optional<NodeEnd> nodeEnd = Optional.empty();
  private volatile Optional<Duration> stopGrace = Optional.empty();

  /**
   * Starts the watch.
   *
   * @param committer writes progress and checkpoints
   * @param threads makes its thread
   * @param faults is told while it cannot watch, and what of the node's own is away
   */
  public RunWatch(GroupCommitter committer, ThreadFactory threads, OngoingFaults faults) {
    this.reports = new RunReports(committer);
    this.faults = faults;
    this.thread = threads.newThread(this::look);
    this.thread.setName("tasklane-run-watch");
    this.thread.start();
  }

  void begin(LiveRun run) {
    runs.put(run.claimed().id(), run);
    if (rests) {
      LockSupport.unpark(thread);
    }
    // the claim was durable before this thread got here, and a cancel may have come in between
    Optional.ofNullable(cancels.get(run.claimed().id())).ifPresent(force -> stop(run, force));
    stopGrace.ifPresent(grace -> run.stopping().stop(Stop.NODE_STOPS, grace));
  }

  void end(LiveRun run) {
    runs.remove(run.claimed().id());
    faults.attempt(WATCHING, () -> reports.end(run)); // whether that is saved or not, it ran
  }

  /** What fails on this node and is tried again. */
  OngoingFaults faults() {
    return faults;
  }

  /** Applies the cancellations among these events of the log. */
  public void follow(List<LogEvent> events) {
    for (LogEvent event : events) {
      event
          .change()
          .filter(change -> change.move().filter(Move.REQUEST_CANCEL::equals).isPresent())
          .ifPresent(change -> cancel(change.taskKey(), isForced(event)));
    }
  }

  private static boolean isForced(LogEvent cancel) {
    try {
      return "force".equals(JsonColumns.object(cancel.data()).getString("cancel", ""));
    } catch (RuntimeException unreadable) {
      return false; // a cancel it is all the same
    }
  }

  /** Applies the cancellation of this task, whether it runs here, is about to, or does not. */
  public void cancel(TaskKey task, boolean force) {
    // before the lookup: see begin; force is never taken back
    boolean forced = cancels.merge(task, force, Boolean::logicalOr);
    Optional.ofNullable(runs.get(task)).ifPresent(run -> stop(run, forced));
  }

  /** Whether this task was cancelled after it was claimed. */
  boolean isCancelled(TaskKey task) {
    return cancels.containsKey(task);
  }

  private static void stop(LiveRun run, boolean force) {
    run.stopping()
        .stop(Stop.CANCEL, force ? Duration.ZERO : run.claimed().timeouts().cancelGrace());
  }

  /**
   * Stops all runs, also those that were claimed and begin after this; handlers get this long to
   * end by themselves.
   */
  public void stopAll(Duration grace) {
    stopGrace = Optional.of(grace); // before the runs are listed: see begin
    faults.attemptEach(WATCHING, runs.values(), run -> run.stopping().stop(Stop.NODE_STOPS, grace));
  }

  /** Stops all runs because the node's lease is over: nothing that runs here counts any more. */
  public void leaseIsOver() {
    faults.attemptEach(
        WATCHING, runs.values(), run -> run.stopping().stop(Stop.LEASE_OVER, Duration.ZERO));
  }

  /** The number of running handlers. */
  public int size() {
    return runs.size();
  }

  /**
   * A handler that continues although it was interrupted. Its slot stays occupied: nothing can stop
   * a thread that ignores interrupts.
   *
   * @param task its task's name
   * @param queue its queue's name
   * @param since time since the first interrupt
   */
  public record Overstay(String task, String queue, Duration since) {}

  /** The handler that has ignored its interrupt longest, if any does. */
  public Optional<Overstay> longestOverstay() {
    return runs.values().stream()
        .map(run -> new Overstay(run.task(), run.queue(), run.stopping().overstay()))
        .filter(overstay -> !overstay.since().isZero())
        .max(Comparator.comparing(Overstay::since));
  }

  private record NodeEnd(Duration limit, Runnable end) {}

  /**
   * From now on a handler that ignores its interrupt for this long terminates the node, so that its
   * queue continues on another node, or here after the restart.
   */
  public void endNodeAfter(Duration limit, Runnable end) {
    nodeEnd = Optional.of(new NodeEnd(limit, end));
  }

  private void endNodeIfStuck() {
    NodeEnd last = nodeEnd.orElse(null);
    Optional<Overstay> stuck =
        last == null
            ? Optional.empty()
            : longestOverstay().filter(over -> over.since().compareTo(last.limit()) >= 0);
    if (stuck.isPresent()) {
      nodeEnd = Optional.empty();
      LOG.severe(
          stuck.get().task()
              + ": its handler has ignored its interrupt for "
              + stuck.get().since().toSeconds()
              + " s; the node ends, and the task runs again elsewhere or after the restart");
      last.end().run();
    }
  }

  private void look() {
    int withoutRun = 0;
    for (int turn = 0; !closed; turn++) {
      rests = withoutRun >= LOOKS_WITHOUT_RUN;
      // a run that begins after this was set wakes it
      LockSupport.parkNanos(rests && runs.isEmpty() ? REST_NANOS : LOOK_NANOS);
      withoutRun = runs.isEmpty() ? withoutRun + 1 : 0;
      boolean reportNow = turn % LOOKS_A_REPORT == 0;
      boolean logNow = turn % LOOKS_A_LOG == 0;
      faults.attempt("end of the node for a stuck handler", this::endNodeIfStuck);
      faults.attemptEach(WATCHING, runs.values(), run -> look(run, reportNow, logNow));
    }
  }

  private void look(LiveRun run, boolean reportNow, boolean logNow) {
    run.stopping().look();
    if (logNow) {
      reports.saveLog(run);
    }
    if (reportNow) {
      reports.saveCheckpoint(run);
      reports.sendProgress(run);
    }
  }

  /**
   * A run whose task is preemptible.
   *
   * @param priority of the task
   * @param asked whether it has been asked to yield
   */
  public record Preemptible(int priority, boolean asked) {}

  /** The runs of preemptible tasks, by the id of their queue and the key of the task. */
  public Map<String, Map<TaskKey, Preemptible>> preemptible() {
    Map<String, Map<TaskKey, Preemptible>> found = new HashMap<>();
    for (LiveRun run : runs.values()) {
      Task task = run.claimed();
      if (task.rules().preemptible()) {
        found
            .computeIfAbsent(task.queue(), queue -> new HashMap<>())
            .put(task.id(), new Preemptible(task.priority().value(), run.preempted()));
      }
    }
    return found;
  }

  /**
   * Asks the run of this task to yield to a task of higher priority.
   *
   * @param task key of the task that runs
   * @param by name of the task that it yields to
   */
  public void preempt(TaskKey task, String by) {
    Optional.ofNullable(runs.get(task)).ifPresent(run -> run.preempt(by));
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  /** Recent cancellations; older ones have reached their run, or never will. */
  private static final class LatestCancels extends LinkedHashMap<TaskKey, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<TaskKey, Boolean> eldest) {
      return size() > CANCELS_KEPT;
    }
  }
}
