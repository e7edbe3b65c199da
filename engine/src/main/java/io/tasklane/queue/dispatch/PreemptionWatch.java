package io.tasklane.queue.dispatch;

import io.tasklane.database.Database;
import io.tasklane.event.LogEvent;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Preemption;
import io.tasklane.task.run.RunWatch;
import io.tasklane.task.state.TaskState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks preemptible runs to give way to more urgent tasks, on a thread of its own: at once when an
 * event says that a task has become ready, and a few times a second in case an event was missed.
 * Without preemptible runs it reads nothing.
 */
public final class PreemptionWatch implements AutoCloseable {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Database database;
  private final RunWatch watch;
  private final OngoingFaults faults;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Starts looking.
   *
   * @param database with the waiting tasks
   * @param watch knows the runs of this node
   * @param threads makes its thread
   * @param faults is told while looking fails
   */
  public PreemptionWatch(
      Database database, RunWatch watch, ThreadFactory threads, OngoingFaults faults) {
    this.database = database;
    this.watch = watch;
    this.faults = faults;
    this.thread = threads.newThread(this::look);
    this.thread.setName("tasklane-giving-way");
    this.thread.start();
  }

  /** Notes which tasks have become ready in these events. */
  public void follow(List<LogEvent> events) {
    boolean ready =
        events.stream()
            .flatMap(event -> event.change().stream())
            .anyMatch(change -> change.to() == TaskState.QUEUED);
    if (ready && !watch.preemptible().isEmpty()) {
      LockSupport.unpark(thread);
    }
  }

  private void look() {
    while (!closed) {
      LockSupport.parkNanos(watch.preemptible().isEmpty() ? REST_NANOS : LOOK_NANOS);
      faults.attemptEach(
          "preemption",
          watch.preemptible().entrySet(),
          runs -> ask(runs.getKey(), runs.getValue()));
    }
  }

  private void ask(String queueId, Map<TaskKey, RunWatch.Preemptible> runs) {
    Urgency urgency = database.with(c -> Urgency.of(c, queueId, runs.keySet()));
    List<Preemption.Candidate> candidates =
        runs.entrySet().stream()
            .filter(run -> urgency.places().containsKey(run.getKey()))
            .map(
                run ->
                    new Preemption.Candidate(
                        run.getKey(),
                        run.getValue().priority(),
                        urgency.places().get(run.getKey()),
                        run.getValue().asked()))
            .toList();
    Preemption.asked(urgency.waiting(), urgency.freeSlots(), candidates).forEach(watch::preempt);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
