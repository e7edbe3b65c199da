package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run that ended because a part of ours was away is no attempt, and is tried again later. */
class PostponedRunTest {
  private final StoreBench store = new StoreBench();

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void it_uses_no_attempt_and_lets_the_next_task_start() {
    Task first = store.create(store.task(5));
    Task second = store.create(store.task(5));
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    assertThat(run.id()).isEqualTo(first.id());
    Failure away =
        new Failure(Failure.Kind.RETRYABLE, "STORAGE_UNAVAILABLE", "it is away", "", Instant.now());
    CompleteAndClaimResult result =
        store.complete(owner, run, new RunEnd.Released(away, Duration.ofMinutes(1)), true);
    assertThat(result.completion()).isEqualTo(CompletionStatus.DONE);
    Task waits = store.read(first.taskId());
    assertThat(waits.state()).isEqualTo(TaskState.RETRY_WAIT);
    assertThat(waits.attempt()).isZero();
    assertThat(waits.nextAttemptTime().orElseThrow()).isAfter(Instant.now());
    Task next = result.claimed().or(() -> store.claim(owner).claimed()).orElseThrow();
    assertThat(next.id()).isEqualTo(second.id());
  }
}
