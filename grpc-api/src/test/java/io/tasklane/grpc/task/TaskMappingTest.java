package io.tasklane.grpc.task;

import static io.tasklane.grpc.TestTasks.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.grpc.TestTasks;
import io.tasklane.grpc.wire.TimeoutMapping;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.task.state.TaskState;
import io.tasklane.v1.Failure;
import io.tasklane.v1.Task;
import io.tasklane.v1.Timeouts;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskMappingTest {
  @Test
  void a_task_keeps_everything_that_is_served() {
    Task wire = TaskMapping.toWire(task("a", TaskState.SUCCEEDED, 2, 8));

    assertThat(wire.getName()).isEqualTo("tasks/a");
    assertThat(wire.getQueue()).isEqualTo("queues/DATA_FETCHER");
    assertThat(wire.getTaskType()).isEqualTo("news_monitoring");
    assertThat(wire.getInput().getContentType()).isEqualTo("application/json");
    assertThat(wire.getInput().getInline().toStringUtf8()).contains("AAPL");
    assertThat(wire.getPriority()).isEqualTo(7);
    assertThat(WireTime.of(wire.getTimeouts().getAttemptTimeout()))
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(WireTime.of(wire.getResultTtl())).isEqualTo(Duration.ofHours(24));
    assertThat(wire.getLabelsMap()).containsEntry("desk", "us");
    assertThat(wire.getAttempt()).isEqualTo(2);
    assertThat(wire.getResult().getInline().toStringUtf8()).isEqualTo("{\"ok\":1}");
    assertThat(wire.getCreateTime()).isEqualTo(WireTime.of(TestTasks.CREATED));
    assertThat(wire.getStartTime()).isEqualTo(WireTime.of(TestTasks.STARTED));
    assertThat(wire.getRevision()).isEqualTo(8);
    assertThat(wire.getEtag()).isEqualTo("\"8\"");
    assertThat(wire.getWorker()).isEqualTo("nodes/n1");
  }

  @Test
  void the_limits_that_hold_are_shown_and_none_is_unset() {
    Timeouts wire = TaskMapping.toWire(task("a", TaskState.QUEUED, 0, 1)).getTimeouts();

    assertThat(WireTime.of(wire.getCancelGrace())).isEqualTo(Duration.ofSeconds(10));
    assertThat(wire.hasQueueTimeout()).isFalse();
    assertThat(wire.hasTotalTimeout()).isFalse();

    io.tasklane.timeout.Timeouts all =
        new io.tasklane.timeout.Timeouts(
            Duration.ofSeconds(1),
            Optional.of(Duration.ofSeconds(2)),
            Optional.of(Duration.ofSeconds(3)),
            Duration.ZERO);
    Timeouts shown = TimeoutMapping.toWire(all);
    assertThat(TimeoutMapping.fromWire(shown)).isEqualTo(all.asRequested());
    assertThat(shown.hasCancelGrace()).isTrue();
  }

  @Test
  void what_has_not_happened_is_unset() {
    Task wire = TaskMapping.toWire(task("a", TaskState.QUEUED, 0, 1));

    assertThat(wire.hasStartTime()).isFalse();
    assertThat(wire.hasEndTime()).isFalse();
    assertThat(wire.hasResult()).isFalse();
    assertThat(wire.hasFailure()).isFalse();
    assertThat(wire.hasProgress()).isFalse();
    assertThat(wire.getWorker()).isEmpty();
  }

  @Test
  void a_failure_keeps_kind_code_and_message() {
    Failure failure = TaskMapping.toWire(task("a", TaskState.RETRY_WAIT, 1, 3)).getFailure();

    assertThat(failure.getKind()).isEqualTo(Failure.Kind.KIND_RETRYABLE);
    assertThat(failure.getCode()).isEqualTo("FEED_DOWN");
    assertThat(failure.getMessage()).isEqualTo("503");
  }

  @ParameterizedTest
  @EnumSource(TaskState.class)
  void the_code_of_a_state_is_its_number_on_the_wire(TaskState state) {
    assertThat(TaskMapping.toWire(task("a", state, 1, 3)).getState().name())
        .isEqualTo("STATE_" + state.name());
  }

  @ParameterizedTest
  @EnumSource(io.tasklane.task.Failure.Kind.class)
  void the_code_of_a_failure_kind_is_its_number_on_the_wire(io.tasklane.task.Failure.Kind kind) {
    assertThat(Failure.Kind.forNumber(kind.code()).name()).isEqualTo("KIND_" + kind.name());
  }
}
