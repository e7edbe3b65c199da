package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.task.state.TaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a task whose lease is lost. */
class LeaseLostTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_task_whose_lease_is_lost_runs_again_at_once_before_all_else_and_has_used_no_attempt() {
    Task low = store.create(store.task(1));
    store.claim(store.take("n1", 1).orElseThrow());
    store.create(store.task(10));
    store.live("n1", 2);
    Ownership heir = store.take("n1", 2).orElseThrow();
    Task waiting = store.read(low.taskId());
    assertThat(waiting.state()).as("without a rest").isEqualTo(TaskState.QUEUED);
    assertThat(waiting.attempt()).isZero();
    assertThat(waiting.lostCount()).isOne();
    Task again = store.claim(heir).claimed().orElseThrow();
    assertThat(again.id()).isEqualTo(low.id());
    assertThat(again.attempt()).isOne();
    assertThat(again.lostCount()).isOne();
  }

  @Test
  void the_third_lost_lease_fails_the_task() {
    Task task = store.create(store.task(5));
    for (int life = 1; life <= 3; life++) {
      store.live("n1", life);
      Ownership owner = store.take("n1", life).orElseThrow();
      Task run = store.claim(owner).claimed().orElseThrow();
      assertThat(run.lostCount()).isEqualTo(life - 1);
    }
    store.live("n1", 4);
    store.take("n1", 4);
    Task dead = store.read(task.taskId());
    assertThat(dead.state()).isEqualTo(TaskState.FAILED);
    assertThat(dead.failure().orElseThrow().kind()).isEqualTo(Failure.Kind.LEASE_LOST);
    assertThat(Postgres.number(store.database, "SELECT count(*) FROM dead_letter")).isOne();
  }

  @Test
  void a_lost_lease_of_a_task_being_cancelled_cancels_it() {
    Task task = store.create(store.task(5));
    store.claim(store.take("n1", 1).orElseThrow());
    store.cancel(task.taskId());
    store.live("n1", 2);
    store.take("n1", 2);
    assertThat(store.read(task.taskId()).state()).isEqualTo(TaskState.CANCELLED);
  }
}
