package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.run.SaveCheckpoints;
import io.tasklane.task.state.TaskState;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a run keeps for the run after it, and how a preempted task waits. */
class CheckpointTest {
  private final StoreBench store = new StoreBench();
  private final SaveCheckpoints checkpoints = new SaveCheckpoints();

  @AfterEach
  void close() {
    store.close();
  }

  private boolean save(Task run, String text) {
    return StoreBench.get(
        store.committer.submit(
            checkpoints,
            new SaveCheckpoints.Save(run.id(), run.fencingToken(), Payload.json(text))));
  }

  private Optional<String> saved(Task task) {
    return store
        .database
        .<Optional<Payload>>with(c -> SaveCheckpoints.find(c, task.id()))
        .map(Payload::text);
  }

  @Test
  void the_last_checkpoint_counts_and_outlives_a_lost_lease() {
    store.create(store.named("t", 5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    assertThat(save(run, "1")).isTrue();
    assertThat(save(run, "2")).isTrue();
    store.live("n1", 2);
    Task again = store.claim(store.take("n1", 2).orElseThrow()).claimed().orElseThrow();
    assertThat(saved(again)).contains("2");
    assertThat(save(run, "stale")).as("the lease of the first run is over").isFalse();
    assertThat(saved(again)).contains("2");
  }

  @Test
  void a_preempted_task_waits_at_its_place_and_has_used_no_attempt() {
    store.create(store.named("long", 3).withRules(RunRules.PREEMPTIBLE));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    store.create(store.named("urgent", 8));
    CompleteAndClaimResult result =
        store.complete(owner, run, new RunEnd.Preempted("tasks/urgent"), true);
    assertThat(result.claimed().map(Task::taskId)).contains("urgent");
    Task waiting = store.read("long");
    assertThat(waiting.state()).isEqualTo(TaskState.QUEUED);
    assertThat(waiting.attempt()).isZero();
    assertThat(waiting.lostCount()).isZero();
  }
}
