package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.state.TaskState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancelRaceTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_task_cancelled_while_it_is_claimed_either_never_runs_or_is_told_to_stop() {
    Ownership owner = store.take("n1", 1).orElseThrow();
    try (GroupCommitter other = new GroupCommitter(store.database, Thread::new, () -> {})) {
      for (int round = 0; round < 60; round++) {
        Task task = store.create(store.task(5));
        CompletableFuture<Task> cancel =
            CompletableFuture.supplyAsync(
                () ->
                    StoreBench.get(
                        other.submit(store.cancels, StoreBench.cancelOf(task.taskId()))));
        CompleteAndClaimResult result = store.claim(owner);
        while (result.claimStatus() == ClaimStatus.ASK_AGAIN) {
          result = store.claim(owner);
        }
        TaskState told = StoreBench.get(cancel).state();
        Optional<Task> run = result.claimed();
        assertThat(told).isEqualTo(run.isPresent() ? TaskState.CANCELLING : TaskState.CANCELLED);
        assertThat(store.count("task_ready")).isZero();
        run.ifPresent(r -> store.complete(owner, r, StoreBench.succeeded(), false));
      }
    }
    TaskLog.isInOrder(store.database);
  }
}
