package io.tasklane.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.state.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static Dependency need(String id, DependencyPolicy policy) {
    return new Dependency(id, policy, Optional.empty());
  }

  private static Standing of(Map<String, TaskState> states, Dependency... needs) {
    return Standing.of(List.of(needs), states::get);
  }

  @Test
  void unfinished_needs_are_counted() {
    Standing standing =
        of(
            Map.of("a", TaskState.RUNNING, "b", TaskState.SUCCEEDED, "c", TaskState.BLOCKED),
            Dependency.on("a"),
            Dependency.on("b"),
            Dependency.on("c"));
    assertThat(standing).isEqualTo(new Standing(2, Optional.empty()));
    assertThat(standing.isFree()).isFalse();
  }

  @Test
  void without_open_needs_it_is_free() {
    assertThat(of(Map.of()).isFree()).isTrue();
    assertThat(of(Map.of("a", TaskState.FAILED), need("a", DependencyPolicy.ON_FAILURE)).isFree())
        .isTrue();
  }

  @Test
  void one_wrong_end_rules_it_out_whatever_else_is_open() {
    Standing standing =
        of(
            Map.of("a", TaskState.RUNNING, "b", TaskState.CANCELLED),
            Dependency.on("a"),
            need("b", DependencyPolicy.ON_FAILURE));
    assertThat(standing.ruledOut())
        .contains("tasks/b ended CANCELLED; this task needs it to end FAILED");
    assertThat(standing.isFree()).isFalse();
  }

  @Test
  void any_end_meets_on_end() {
    for (TaskState state : TaskState.values()) {
      assertThat(DependencyPolicy.ON_END.isMetBy(state)).isEqualTo(state.isFinal());
    }
  }
}
