package io.tasklane.grpc.task;

import io.tasklane.api.EventCursor;
import io.tasklane.event.EventService;
import io.tasklane.event.LogEvent;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.service.TaskService;
import io.tasklane.v1.Task;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Reads one task and then its events: the task now, and again after each change.
 *
 * <p>The cursor is opened before the task is read, so that no change falls between the two.
 */
final class TaskFollower implements AutoCloseable {
  /** So few at a time, because each becomes a whole task in memory. */
  private static final int BATCH = 64;

  private final TaskService tasks;
  private final EventService events;
  private final String taskId;
  private final Queue<Task> pending = new ArrayDeque<>();
  private EventCursor cursor;
  private TaskRevisions revisions;

  TaskFollower(TaskService tasks, EventService events, String taskId) {
    this.tasks = tasks;
    this.events = events;
    this.taskId = taskId;
  }

  void open(Runnable wake) {
    String name = WireName.TASK.of(taskId);
    // what others publish about a task does not change it, and is none of its revisions
    cursor =
        events.open(
            events.now(),
            event -> event.type().startsWith("task.") && event.subject().equals(name),
            wake);
    revisions = new TaskRevisions(read());
    pending.add(revisions.shown());
  }

  /** The task after its next change, empty where there is none yet. */
  Optional<Task> next() {
    while (pending.isEmpty() && !revisions.isEnded()) {
      List<LogEvent> found = cursor.poll(BATCH);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Task row = read();
      found.forEach(event -> revisions.after(event, row).ifPresent(pending::add));
    }
    return Optional.ofNullable(pending.poll());
  }

  /** Whether the task has ended and its end was given out. */
  boolean isEnded() {
    return pending.isEmpty() && revisions.isEnded();
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
    }
  }

  private Task read() {
    return TaskMapping.toWire(tasks.get(taskId));
  }
}
