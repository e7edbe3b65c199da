package io.tasklane.grpc.task;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.tasklane.event.LogEvent;
import io.tasklane.event.TaskChange;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.task.state.TaskState;
import io.tasklane.v1.Progress;
import io.tasklane.v1.Task;
import java.util.Optional;

/**
 * The task after each of its events, in their order: no state twice, and never an older one.
 *
 * <p>The row that is read is often ahead of the event at hand. Where it is exactly there (the event
 * is the row's last one) the row is shown; where it has moved on, the event is applied to what was
 * shown last.
 */
final class TaskRevisions {
  private static final JsonFormat.Parser JSON = JsonFormat.parser().ignoringUnknownFields();

  private Task shown;

  /** Begins with the task as it is read first. */
  TaskRevisions(Task first) {
    shown = first;
  }

  /** The task as it was shown last. */
  Task shown() {
    return shown;
  }

  /** Whether what was shown last is how it ended. */
  boolean isEnded() {
    return TaskState.of(shown.getStateValue()).isFinal();
  }

  /**
   * The task after this event, empty where that has been shown already.
   *
   * @param row the task, read after the event was
   */
  Optional<Task> after(LogEvent event, Task row) {
    if (isEnded() || event.sequence() <= shown.getRevision()) {
      return Optional.empty();
    }
    Task next = next(event, row);
    boolean same = next.toBuilder().setRevision(shown.getRevision()).build().equals(shown);
    shown = next;
    return same ? Optional.empty() : Optional.of(next);
  }

  private Task next(LogEvent event, Task row) {
    boolean ends = event.change().map(change -> change.to().isFinal()).orElse(false);
    if (ends || row.getRevision() == event.sequence()) {
      return row;
    }
    Task.Builder next = shown.toBuilder().setRevision(event.sequence());
    event.change().ifPresent(change -> next.setEtag(TaskMapping.etag(change.version())));
    switch (event.type()) {
      case LogEvent.TASK_STATE_CHANGED ->
          event.change().ifPresent(change -> apply(change, event, row, next));
      case LogEvent.TASK_PROGRESS -> next.setProgress(progress(event));
      default -> {
        // other events about a task do not change what is shown of it
      }
    }
    return next.build();
  }

  private static void apply(TaskChange change, LogEvent event, Task row, Task.Builder next) {
    boolean sameAttempt = row.getAttempt() == change.attempt();
    next.setStateValue(change.to().code()).setAttempt(change.attempt()).clearNextAttemptTime();
    if (change.to() == TaskState.RUNNING) {
      next.setStartTime(WireTime.of(event.time())).clearProgress();
      if (sameAttempt) {
        next.setWorker(row.getWorker());
      }
    }
    if (change.to() == TaskState.RETRY_WAIT && sameAttempt && row.hasFailure()) {
      next.setFailure(row.getFailure());
    }
    if (change.to() == TaskState.CANCELLING && row.hasCancelActor()) {
      next.setCancelActor(row.getCancelActor());
    }
  }

  /** The event's data are a Progress in JSON. */
  private static Progress progress(LogEvent event) {
    Progress.Builder progress = Progress.newBuilder().setUpdateTime(WireTime.of(event.time()));
    try {
      JSON.merge(event.data(), progress);
    } catch (InvalidProtocolBufferException notProgress) {
      throw new IllegalStateException(
          event.subject() + ": progress event " + event.sequence() + " cannot be read",
          notProgress);
    }
    return progress.build();
  }
}
