package io.tasklane.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.key.FencingToken;
import io.tasklane.task.Task;
import org.junit.jupiter.api.Test;

/** A run is either in the hands of a thread or given up, never both. */
class HeldTasksTest {
  private final HeldTasks held = new HeldTasks();
  private final Task task = RunBench.task(1);

  @Test
  void what_a_thread_has_in_hand_is_not_given_up() {
    assertThat(held.hold(task)).isTrue();
    assertThat(held.giveUp(task.id(), task.fencingToken())).isFalse();
    held.letGo(task);
    assertThat(held.giveUp(task.id(), task.fencingToken())).isTrue();
  }

  @Test
  void a_thread_that_comes_late_must_not_begin() {
    assertThat(held.giveUp(task.id(), task.fencingToken())).isTrue();
    assertThat(held.hold(task)).isFalse();
  }

  @Test
  void the_next_run_of_the_task_is_another() {
    assertThat(held.giveUp(task.id(), new FencingToken(task.fencingToken().value() - 1))).isTrue();
    assertThat(held.hold(task)).isTrue();
  }
}
