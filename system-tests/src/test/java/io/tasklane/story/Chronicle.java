package io.tasklane.story;

import io.tasklane.api.EventCursor;
import io.tasklane.event.EventService;
import io.tasklane.event.LogEvent;
import io.tasklane.event.TaskChange;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The event log from the story's beginning on; a reader of it is woken up and never asks twice. */
final class Chronicle implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PAGE = 1000;

  private final Semaphore news = new Semaphore(0);
  private final List<LogEvent> read = new ArrayList<>();
  private final EventCursor cursor;

  Chronicle(EventService desk) {
    cursor = desk.open(desk.now(), event -> true, news::release);
  }

  /** Waits until the log says that the task came to this state, and fails where it never does. */
  void awaitState(Task task, TaskState state) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    read.addAll(cursor.poll(PAGE));
    while (moves(task).noneMatch(change -> change.to() == state)) {
      if (!news.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError(
            task.name()
                + " did not come to "
                + state
                + " within "
                + PATIENCE
                + ": "
                + events(task));
      }
      news.drainPermits();
      read.addAll(cursor.poll(PAGE));
    }
  }

  /** What the log has said about the task's moves so far, in its order. */
  List<LogEvent> events(Task task) {
    return read.stream()
        .filter(event -> event.subject().equals(task.name()))
        .filter(event -> event.type().equals(LogEvent.TASK_STATE_CHANGED))
        .toList();
  }

  private Stream<TaskChange> moves(Task task) {
    return events(task).stream().map(event -> event.change().orElseThrow());
  }

  @Override
  public void close() throws Exception {
    cursor.close();
  }
}
