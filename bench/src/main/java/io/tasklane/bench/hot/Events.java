package io.tasklane.bench.hot;

import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import io.tasklane.event.TaskChange;
import io.tasklane.filter.EventFilter;
import io.tasklane.key.TaskKey;
import io.tasklane.monitor.QueueFold;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What every event costs each subscriber and each queue's figures. */
@State(Scope.Thread)
public class Events {
  private static final Instant START = Instant.parse("2026-01-02T14:30:00Z");

  private final EventFilter filter =
      EventFilter.parse(
          "event_type = \"task.state_changed\" AND queue = \"queues/DATA_FETCHER\""
              + " AND state = RUNNING OR state = SUCCEEDED");
  private final LogEvent wanted =
      event("DATA_FETCHER", Move.SUCCEED, Optional.of(TaskState.RUNNING), TaskState.SUCCEEDED);
  private final LogEvent ofAnotherQueue =
      event("AI_ANALYSIS", Move.SUCCEED, Optional.of(TaskState.RUNNING), TaskState.SUCCEEDED);
  private final List<LogEvent> life =
      List.of(
          event("DATA_FETCHER", Move.SUBMIT, Optional.empty(), TaskState.QUEUED),
          event("DATA_FETCHER", Move.CLAIM, Optional.of(TaskState.QUEUED), TaskState.RUNNING),
          wanted);
  private final QueueFold fold = new QueueFold();
  private final ResumeToken token = new ResumeToken("7431", 1_234_567, 7_654_321);
  private final String tokenText = token.encode();

  /** An event that a subscriber wants. */
  @Benchmark
  public boolean filterWanted() {
    return filter.test(wanted);
  }

  /** An event of a queue that it does not follow. */
  @Benchmark
  public boolean filterUnwanted() {
    return filter.test(ofAnotherQueue);
  }

  /** One event in the figures of its queue: of a task's creation, start and success. */
  @Benchmark
  @OperationsPerInvocation(3)
  public QueueFold foldIntoFigures() {
    life.forEach(fold::apply);
    return fold;
  }

  /** The position that every message of a stream carries. */
  @Benchmark
  public String writeToken() {
    return token.encode();
  }

  /** The position that a client comes back with. */
  @Benchmark
  public ResumeToken readToken() {
    return ResumeToken.decode(tokenText);
  }

  private static LogEvent event(String queue, Move move, Optional<TaskState> from, TaskState to) {
    TaskChange change =
        new TaskChange(
            new TaskKey(1),
            "news_monitoring",
            5,
            Optional.of(move),
            from,
            to,
            1,
            1,
            from.map(state -> START.minusMillis(5)),
            Optional.empty());
    return new LogEvent(
        1,
        1,
        LogEvent.TASK_STATE_CHANGED,
        "tasks/0194a3c0-7d2e-7000-8000-000000000001",
        queue,
        Optional.of(change),
        "{}",
        "services/desk",
        START);
  }
}
