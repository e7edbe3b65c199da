package io.tasklane.grpc;

import io.tasklane.event.LogEvent;
import io.tasklane.event.TaskChange;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.Progress;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskResult;
import io.tasklane.task.TaskSpec;
import io.tasklane.task.TaskStatus;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Tasks and events for tests. */
public final class TestTasks {
  public static final Instant CREATED = Instant.parse("2026-11-23T09:00:00Z");
  public static final Instant STARTED = Instant.parse("2026-11-23T09:00:01.5Z");

  public static final Payload INPUT = Payload.json("{\"symbols\":[\"AAPL\"]}");

  private TestTasks() {}

  /** A task of DATA_FETCHER in this state, whose last event has this revision. */
  public static Task task(String id, TaskState state, int attempt, long revision) {
    return new Task(
        new TaskKey(41),
        CREATED,
        Optional.empty(),
        "anonymous",
        new TaskSpec(
            id,
            "DATA_FETCHER",
            "news_monitoring",
            INPUT,
            new Priority(7),
            RetryPolicy.DEFAULT,
            Timeouts.ofAttempt(Duration.ofSeconds(90)),
            Duration.ofHours(24),
            Map.of("desk", "us"),
            StartConditions.NONE,
            Optional.empty(),
            RunRules.NONE),
        new TaskStatus(
            state,
            attempt,
            0,
            0,
            new FencingToken(attempt),
            attempt == 0 ? "" : "n1",
            Optional.<Progress>empty(),
            state == TaskState.RETRY_WAIT ? Optional.of(failure()) : Optional.empty(),
            Optional.<Actor>empty(),
            attempt == 0 ? Optional.empty() : Optional.of(STARTED),
            state.isFinal() ? Optional.of(STARTED.plusSeconds(2)) : Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            (int) revision,
            revision,
            false,
            Duration.ZERO),
        new TaskResult(
            state == TaskState.SUCCEEDED
                ? Optional.of(Payload.json("{\"ok\":1}"))
                : Optional.empty(),
            false,
            Optional.empty()));
  }

  /** A new task that is a copy of this one. */
  public static Task retried(String id, Task original) {
    Task copy = task(id, TaskState.QUEUED, 0, 1);
    return new Task(
        copy.id(),
        CREATED,
        Optional.of(original.taskId()),
        "anonymous",
        new TaskSpec(
            copy.taskId(),
            copy.queue(),
            copy.taskType(),
            copy.input(),
            copy.priority(),
            copy.retryPolicy(),
            copy.timeouts(),
            copy.resultTtl(),
            copy.labels(),
            StartConditions.NONE,
            Optional.empty(),
            original.rules()),
        new TaskStatus(
            copy.state(),
            0,
            0,
            0,
            new FencingToken(0),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1,
            1,
            false,
            Duration.ZERO),
        new TaskResult(Optional.empty(), false, Optional.empty()));
  }

  public static Failure failure() {
    return new Failure(Failure.Kind.RETRYABLE, "FEED_DOWN", "503", "", STARTED.plusSeconds(1));
  }

  /** The move of this task to that state. */
  public static LogEvent moved(
      String id, long revision, Move move, TaskState from, TaskState to, int attempt) {
    TaskChange change =
        new TaskChange(
            new TaskKey(41),
            "news_monitoring",
            7,
            Optional.of(move),
            Optional.ofNullable(from),
            to,
            attempt,
            (int) revision,
            Optional.empty(),
            Optional.empty());
    return event(id, revision, LogEvent.TASK_STATE_CHANGED, Optional.of(change), "{}");
  }

  /** Progress of this task. */
  public static LogEvent progressed(String id, long revision, int completed) {
    String data =
        "{\"completed_units\":"
            + completed
            + ",\"total_units\":9,\"queue\":\"queues/DATA_FETCHER\"}";
    return event(id, revision, LogEvent.TASK_PROGRESS, Optional.empty(), data);
  }

  /** What somebody outside tells about this task, in the first transaction of the log. */
  public static LogEvent published(String id, long revision) {
    return new LogEvent(
        1001,
        revision,
        "desk.note",
        "tasks/" + id,
        "",
        Optional.empty(),
        "{}",
        "service:desk",
        STARTED);
  }

  private static LogEvent event(
      String id, long revision, String type, Optional<TaskChange> change, String data) {
    return new LogEvent(
        1000 + revision,
        revision,
        type,
        "tasks/" + id,
        "DATA_FETCHER",
        change,
        data,
        "nodes/n1",
        STARTED.plusMillis(revision));
  }
}
