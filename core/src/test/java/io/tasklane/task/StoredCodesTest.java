package io.tasklane.task;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.queue.QueueState;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Phase;
import io.tasklane.workflow.state.WorkflowStatus;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Rows and events of running systems hold these numbers: a new one may come, none may change. */
class StoredCodesTest {
  @Test
  void task_states_keep_their_codes() {
    assertThat(codes(TaskState.values(), TaskState::code))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("SCHEDULED", 1),
                Map.entry("BLOCKED", 2),
                Map.entry("QUEUED", 3),
                Map.entry("OFFERED", 4),
                Map.entry("RUNNING", 5),
                Map.entry("RETRY_WAIT", 6),
                Map.entry("CANCELLING", 7),
                Map.entry("SUCCEEDED", 8),
                Map.entry("FAILED", 9),
                Map.entry("CANCELLED", 10),
                Map.entry("SKIPPED", 11)));
    findsEach(TaskState.values(), TaskState::code, TaskState::of);
  }

  @Test
  void moves_keep_their_codes() {
    assertThat(codes(Move.values(), Move::code))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("SUBMIT", 1),
                Map.entry("CLAIM", 2),
                Map.entry("SUCCEED", 3),
                Map.entry("RETRY_LATER", 4),
                Map.entry("COME_DUE", 5),
                Map.entry("FAIL", 6),
                Map.entry("REQUEST_CANCEL", 7),
                Map.entry("CANCEL", 8),
                Map.entry("LOSE_LEASE", 9),
                Map.entry("HAND_BACK", 10),
                Map.entry("BLOCK", 11),
                Map.entry("SCHEDULE", 12),
                Map.entry("RELEASE", 13),
                Map.entry("RULE_OUT", 14),
                Map.entry("EXPIRE", 15),
                Map.entry("UPDATE", 16),
                Map.entry("PREEMPT", 17),
                Map.entry("POSTPONE", 18),
                Map.entry("SUSPEND", 19),
                Map.entry("OFFER", 20),
                Map.entry("ACCEPT", 21),
                Map.entry("WITHDRAW", 22)));
    findsEach(Move.values(), Move::code, Move::of);
  }

  @Test
  void dependency_policies_keep_their_codes_and_the_ends_that_meet_them() {
    assertThat(codes(DependencyPolicy.values(), DependencyPolicy::code))
        .isEqualTo(Map.of("ON_SUCCESS", 1, "ON_FAILURE", 2, "ON_END", 3));
    findsEach(DependencyPolicy.values(), DependencyPolicy::code, DependencyPolicy::of);
    assertThat(codes(DependencyPolicy.values(), DependencyPolicy::metBy))
        .isEqualTo(Map.of("ON_SUCCESS", 0x100, "ON_FAILURE", 0x200, "ON_END", 0xF00));
  }

  @Test
  void failure_kinds_keep_their_codes() {
    assertThat(codes(Failure.Kind.values(), Failure.Kind::code))
        .isEqualTo(
            Map.of(
                "RETRYABLE", 1,
                "PERMANENT", 2,
                "TIMEOUT", 3,
                "LEASE_LOST", 4,
                "DEPENDENCY", 5,
                "CANCELLED", 6));
    findsEach(Failure.Kind.values(), Failure.Kind::code, Failure.Kind::of);
  }

  @Test
  void queue_states_keep_their_codes() {
    assertThat(codes(QueueState.values(), QueueState::code))
        .isEqualTo(Map.of("ACTIVE", 1, "PAUSED", 2, "DRAINING", 3));
    findsEach(QueueState.values(), QueueState::code, QueueState::of);
  }

  @Test
  void node_states_keep_their_codes() {
    assertThat(codes(NodeState.values(), NodeState::code))
        .isEqualTo(
            Map.of(
                "WAITING", 1,
                "PAUSED", 2,
                "RUNNING", 3,
                "SUCCEEDED", 4,
                "FAILED", 5,
                "CANCELLED", 6,
                "SKIPPED", 7));
    findsEach(NodeState.values(), NodeState::code, NodeState::of);
  }

  @Test
  void phases_of_nodes_keep_their_codes() {
    assertThat(codes(Phase.values(), Phase::code))
        .isEqualTo(Map.of("MAIN", 1, "HANDLING", 2, "HANDLED", 3));
    findsEach(Phase.values(), Phase::code, Phase::of);
  }

  @Test
  void workflow_states_keep_their_codes() {
    assertThat(codes(WorkflowStatus.State.values(), WorkflowStatus.State::code))
        .isEqualTo(
            Map.of("RUNNING", 2, "CANCELLING", 3, "SUCCEEDED", 4, "FAILED", 5, "CANCELLED", 6));
    findsEach(WorkflowStatus.State.values(), WorkflowStatus.State::code, WorkflowStatus.State::of);
  }

  private static <E extends Enum<E>> Map<String, Integer> codes(
      E[] values, Function<E, Integer> code) {
    return Arrays.stream(values).collect(toMap(Enum::name, code));
  }

  private static <E extends Enum<E>> void findsEach(
      E[] values, Function<E, Integer> code, IntFunction<E> of) {
    for (E value : values) {
      assertThat(of.apply(code.apply(value))).isEqualTo(value);
    }
    assertThatThrownBy(() -> of.apply(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has the code 0");
  }
}
