package io.tasklane.grpc.task;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.util.Timestamps;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.explain.Blocker;
import io.tasklane.explain.Explanation;
import io.tasklane.explain.StartEstimate;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.task.Actor;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.TimeLimit;
import io.tasklane.v1.Blocker.CauseCase;
import io.tasklane.v1.ExplainTaskRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskExplanation;
import io.tasklane.v1.TaskServiceGrpc;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ExplainTask: every blocker has its message. */
class ExplainTaskTest {
  private static final Instant TIME = Instant.ofEpochSecond(60);
  private static final Map<Blocker, CauseCase> EACH = new LinkedHashMap<>();

  static {
    EACH.put(
        new Blocker.Dependency("tasks/n", TaskState.RUNNING, DependencyPolicy.ON_END),
        CauseCase.DEPENDENCY);
    EACH.put(new Blocker.NotBefore(TIME), CauseCase.NOT_BEFORE);
    EACH.put(new Blocker.RetryBackoff(TIME), CauseCase.RETRY_BACKOFF);
    EACH.put(new Blocker.TimeOver(TimeLimit.EXPIRE_TIME), CauseCase.TIME_OVER);
    EACH.put(new Blocker.OrderingKey("k", "tasks/o"), CauseCase.ORDERING_KEY);
    EACH.put(
        new Blocker.QueuePaused(new Actor("ann", "lunch"), Optional.of(TIME)),
        CauseCase.QUEUE_PAUSED);
    EACH.put(new Blocker.NoOwner(Optional.of("a"), Optional.of("b")), CauseCase.QUEUE_OWNER);
    EACH.put(new Blocker.OldLease("a", Optional.of(TIME)), CauseCase.OLD_LEASE);
    EACH.put(new Blocker.Resource("r", 3, 1), CauseCase.RESOURCE);
    EACH.put(new Blocker.RateLimit("2 starts within 1 s", TIME), CauseCase.RATE_LIMIT);
    EACH.put(
        new Blocker.CalendarClosed("XNYS", Optional.of(TIME), "a holiday"),
        CauseCase.CALENDAR_CLOSED);
    EACH.put(
        new Blocker.CalendarClosed("XNYS", Optional.empty(), "it ends"), CauseCase.CALENDAR_CLOSED);
    EACH.put(new Blocker.Suspect("tasks/s"), CauseCase.SUSPECT);
    EACH.put(new Blocker.NoWorker("a.b", Optional.of(TIME)), CauseCase.NO_WORKER);
    EACH.put(new Blocker.WorkersBusy("a.b", 2), CauseCase.WORKERS_BUSY);
    EACH.put(new Blocker.WorkflowOrder("workflows/w"), CauseCase.WORKFLOW_ORDER);
    EACH.put(new Blocker.Other("waits"), CauseCase.OTHER);
    EACH.put(new Blocker.TasksAhead(2, 3, List.of("tasks/x")), CauseCase.TASKS_AHEAD);
    EACH.put(
        new Blocker.RunningTask(
            "tasks/y",
            "a",
            Duration.ofSeconds(2),
            Optional.of(new Blocker.Spread(Duration.ofSeconds(3), Duration.ofSeconds(4)))),
        CauseCase.RUNNING_TASK);
  }

  private ApiOfTest api;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private TaskExplanation explain(String name) {
    return TaskServiceGrpc.newBlockingStub(api.channel)
        .explainTask(ExplainTaskRequest.newBuilder().setName(name).build())
        .getExplanation();
  }

  @Test
  void every_kind_of_blocker_has_a_message() {
    Set<Class<?>> shown = EACH.keySet().stream().map(Object::getClass).collect(Collectors.toSet());
    assertThat(shown).containsExactlyInAnyOrder(Blocker.class.getPermittedSubclasses());
    Explanation all =
        new Explanation(
            "t",
            TaskState.QUEUED,
            List.copyOf(EACH.keySet()),
            5,
            StartEstimate.of(TIME, TIME.plusSeconds(1)),
            17);
    api.explanations.known.put("t", all);
    TaskExplanation wire = explain("tasks/t");
    assertThat(wire.getBlockersList())
        .extracting(io.tasklane.v1.Blocker::getCauseCase)
        .containsExactlyElementsOf(EACH.values());
    assertThat(wire.getTask()).isEqualTo("tasks/t");
    assertThat(wire.getState()).isEqualTo(Task.State.STATE_QUEUED);
    assertThat(wire.getTasksAhead()).isEqualTo(5);
    assertThat(wire.getRevision()).isEqualTo(17);
    assertThat(wire.getStartTimeP50()).isEqualTo(Timestamps.fromSeconds(60));
    assertThat(wire.getStartTimeP90()).isEqualTo(Timestamps.fromSeconds(61));
    assertThat(wire.getBlockers(0).getDependency().getState()).isEqualTo(Task.State.STATE_RUNNING);
    assertThat(wire.getBlockers(0).hasClearTimeEstimate()).isFalse();
    assertThat(wire.getBlockers(1).getClearTimeEstimate()).isEqualTo(Timestamps.fromSeconds(60));
    assertThat(wire.getBlockers(6).getQueueOwner().getNextNode()).isEqualTo("nodes/b");
    assertThat(wire.getBlockers(8).getResource().getResource()).isEqualTo("resources/r");
    assertThat(wire.getBlockers(18).getRunningTask().getRemainingP90().getSeconds()).isEqualTo(4);
    assertThat(wire.getBlockers(10).getCalendarClosed().getCalendar()).isEqualTo("calendars/XNYS");
    assertThat(wire.getBlockers(10).getCalendarClosed().getReason()).isEqualTo("a holiday");
    assertThat(wire.getBlockers(10).getCalendarClosed().getOpenTime())
        .isEqualTo(Timestamps.fromSeconds(60));
    assertThat(wire.getBlockers(11).getCalendarClosed().hasOpenTime()).isFalse();
  }

  @Test
  void without_an_estimate_it_says_why() {
    api.explanations.known.put(
        "t",
        new Explanation(
            "t", TaskState.BLOCKED, List.of(), 0, StartEstimate.missing("only 3 runs"), 1));
    TaskExplanation wire = explain("tasks/t");
    assertThat(wire.hasStartTimeP50()).isFalse();
    assertThat(wire.getNoEstimateReason()).isEqualTo("only 3 runs");
  }

  @Test
  void an_unknown_task_and_a_wrong_name_are_refused() {
    assertThat(codeAndReason(catchThrowable(() -> explain("tasks/nobody"))))
        .isEqualTo("NOT_FOUND TASK_NOT_FOUND");
    assertThat(codeAndReason(catchThrowable(() -> explain("x"))))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }
}
