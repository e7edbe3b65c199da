package io.tasklane.dependency;

import static io.tasklane.task.state.TaskState.CANCELLED;
import static io.tasklane.task.state.TaskState.FAILED;
import static io.tasklane.task.state.TaskState.RUNNING;
import static io.tasklane.task.state.TaskState.SKIPPED;
import static io.tasklane.task.state.TaskState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.dependency.CopiedNeeds.Copy;
import io.tasklane.dependency.CopiedNeeds.Need;
import io.tasklane.task.state.TaskState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a copy depends on, by what became of the tasks that its original needed. */
class CopiedNeedsTest {
  private static final Dependency RISK = Dependency.on("risk");
  private static final Dependency PRICES =
      new Dependency("prices", DependencyPolicy.ON_SUCCESS, Optional.of("prices"));

  @ParameterizedTest
  @EnumSource(TaskState.class)
  void a_need_stays_where_it_has_ended_as_needed_or_still_may(TaskState state) throws Exception {
    CopiedNeeds needs = new CopiedNeeds(List.of(need(RISK, state)), false);
    if (state.isFinal() && state != SUCCEEDED) {
      refused(needs, "tasks/risk ended " + state);
    } else {
      assertThat(needs.require()).containsExactly(RISK);
    }
  }

  @Test
  void the_newest_copy_that_ended_as_needed_stands_for_the_need() throws Exception {
    Need need =
        need(
            RISK,
            FAILED,
            new Copy("c4", RUNNING),
            new Copy("c3", SUCCEEDED),
            new Copy("c2", SUCCEEDED),
            new Copy("c1", FAILED));
    assertThat(new CopiedNeeds(List.of(need), false).require())
        .containsExactly(Dependency.on("c3"));
  }

  @Test
  void a_copy_stands_for_a_need_that_is_gone() throws Exception {
    assertThat(new CopiedNeeds(List.of(gone(PRICES, new Copy("c", SUCCEEDED))), false).require())
        .containsExactly(new Dependency("c", DependencyPolicy.ON_SUCCESS, Optional.of("prices")));
  }

  @Test
  void a_copy_that_has_not_ended_is_named_but_not_enough() {
    refused(
        new CopiedNeeds(List.of(need(RISK, FAILED, new Copy("c", RUNNING))), true),
        "tasks/risk ended FAILED",
        "end SUCCEEDED",
        "tasks/c is RUNNING");
  }

  @Test
  void the_policy_of_the_need_decides() throws Exception {
    Dependency cleanUp = new Dependency("risk", DependencyPolicy.ON_FAILURE, Optional.empty());
    assertThat(new CopiedNeeds(List.of(need(cleanUp, FAILED)), false).require())
        .containsExactly(cleanUp);
    refused(
        new CopiedNeeds(List.of(need(cleanUp, CANCELLED, new Copy("c", SUCCEEDED))), false),
        "end FAILED");
  }

  @Test
  void a_need_that_is_gone_was_met_only_if_the_task_has_started() throws Exception {
    assertThat(new CopiedNeeds(List.of(gone(RISK)), true).require()).isEmpty();
    refused(new CopiedNeeds(List.of(gone(RISK)), false), "tasks/risk is gone");
    refused(new CopiedNeeds(List.of(gone(PRICES)), true), "tasks/prices is gone");
    assertThat(new CopiedNeeds(List.of(gone(PRICES)), true).withoutOutputs().require()).isEmpty();
  }

  @Test
  void an_input_of_its_own_does_not_meet_a_need() throws Exception {
    refused(new CopiedNeeds(List.of(need(PRICES, FAILED)), true).withoutOutputs(), "tasks/prices");
    assertThat(new CopiedNeeds(List.of(need(PRICES, SUCCEEDED)), true).withoutOutputs().require())
        .containsExactly(Dependency.on("prices"));
  }

  @Test
  void whoever_ignores_the_needs_gets_the_outputs_that_are_there_and_waits_for_nothing() {
    List<Need> needs =
        List.of(
            need(RISK, FAILED),
            need(PRICES, SKIPPED),
            need(passing("late"), RUNNING),
            gone(passing("gone")),
            need(passing("bad"), FAILED, new Copy("good", SUCCEEDED)));
    assertThat(new CopiedNeeds(needs, false).ignore())
        .containsExactly(atEnd("prices", "prices"), atEnd("good", "bad"));
  }

  @Test
  void one_copy_may_stand_for_two_needs() throws Exception {
    List<Need> needs =
        List.of(
            need(RISK, FAILED, new Copy("c", SUCCEEDED)),
            need(PRICES, FAILED, new Copy("c", SUCCEEDED)));
    assertThat(new CopiedNeeds(needs, false).require())
        .containsExactly(new Dependency("c", DependencyPolicy.ON_SUCCESS, Optional.of("prices")));
  }

  private static Dependency passing(String taskId) {
    return new Dependency(taskId, DependencyPolicy.ON_SUCCESS, Optional.of(taskId));
  }

  private static Dependency atEnd(String taskId, String key) {
    return new Dependency(taskId, DependencyPolicy.ON_END, Optional.of(key));
  }

  private static Need need(Dependency dependency, TaskState state, Copy... copies) {
    return new Need(dependency, Optional.of(state), Arrays.asList(copies));
  }

  private static Need gone(Dependency dependency, Copy... copies) {
    return new Need(dependency, Optional.empty(), Arrays.asList(copies));
  }

  private static void refused(CopiedNeeds needs, String... words) {
    assertThatThrownBy(needs::require)
        .isInstanceOf(UnmetNeedException.class)
        .message()
        .contains(words);
  }
}
