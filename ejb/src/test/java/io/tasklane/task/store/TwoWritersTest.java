package io.tasklane.task.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.app.Refusal;
import io.tasklane.queue.store.TakeQueues;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.store.GroupCommitter;
import io.tasklane.store.Ownership;
import io.tasklane.task.Failure;
import io.tasklane.task.Progress;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Settlement;
import io.tasklane.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever two writers do to the same tasks, the log tells of legal moves in their order. */
class TwoWritersTest {
  private static final int TASKS = 12;
  private static final int STEPS = 150;
  private final StoreBench store = new StoreBench();
  private final GroupCommitter second = new GroupCommitter(store.database, Thread::new, () -> {});
  private volatile boolean done;

  @AfterEach
  void close() {
    second.close();
    store.close();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void two_writers_of_the_same_tasks_leave_a_log_in_order(long seed) {
    for (int i = 0; i < TASKS; i++) {
      store.create(eager("t" + i));
    }
    CompletableFuture<Void> disturbance =
        CompletableFuture.runAsync(() -> disturb(new Random(-seed)));
    work(new Random(seed));
    done = true;
    StoreBench.get(disturbance);
    TaskLog.isInOrder(store.database);
    assertThat(store.count("task_ready")).isEqualTo(store.count("task WHERE state = 3"));
    assertThat(store.count("task_lease")).isEqualTo(store.count("task WHERE state IN (5, 7)"));
    assertThat(store.count("task_due")).isEqualTo(store.count("task WHERE state = 6"));
    assertThat(store.count("dead_letter")).isEqualTo(store.count("task WHERE state = 9"));
  }

  /** The owner of the queue, whose commands come now by one writer and now by the other. */
  private void work(Random random) {
    long incarnation = 1;
    Ownership owner = store.take("n1", incarnation).orElseThrow();
    Optional<Task> run = Optional.empty();
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(12) == 0) {
        store.live("n1", ++incarnation);
        TakeQueues.Take take = new TakeQueues.Take(store.queue, "n1", incarnation, false);
        owner = StoreBench.get(either(random).submit(store.takes, take)).orElseThrow();
        run = Optional.empty();
      }
      Optional<Turn.Settle> settle = run.map(task -> settle(task, random));
      run =
          StoreBench.get(either(random).submit(store.turns, new Turn(owner, settle, true)))
              .claimed();
      if (run.isPresent() && random.nextBoolean()) {
        Progress progress = new Progress(step, STEPS, "", "", Instant.EPOCH);
        ReportProgress.Report report =
            new ReportProgress.Report(run.get().id(), run.get().fencingToken(), progress);
        StoreBench.get(either(random).submit(new ReportProgress(), report));
      }
    }
  }

  /** Others, who cancel, add, and let come due, at the same time. */
  private void disturb(Random random) {
    int named = TASKS;
    while (!done) {
      if (random.nextInt(3) == 0) {
        StoreBench.get(either(random).submit(store.creation, List.of(eager("t" + named++))));
      }
      StoreBench.get(either(random).submit(store.due, 10));
      String victim = "t" + (named - 1 - random.nextInt(Math.min(named, 8)));
      try {
        StoreBench.get(either(random).submit(store.cancels, StoreBench.cancelOf(victim)));
      } catch (Refusal ended) {
        assertThat(ended.reason()).isEqualTo("TASK_ENDED");
      }
    }
  }

  private GroupCommitter either(Random random) {
    return random.nextBoolean() ? store.committer : second;
  }

  private static Turn.Settle settle(Task run, Random random) {
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "X", "", "", Instant.EPOCH);
    RunEnd end =
        switch (random.nextInt(4)) {
          case 0 -> StoreBench.succeeded();
          case 1 -> new RunEnd.Stopped(Optional.empty());
          case 2 -> new RunEnd.HandedBack();
          default -> new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
        };
    Settlement what = Settlement.of(end, run.retryPolicy(), run.attempt(), random);
    return new Turn.Settle(run.id(), run.fencingToken(), what, List.of(), "");
  }

  /** A task that is tried again at once. */
  private NewTask eager(String name) {
    NewTask plain = store.named(name, 5);
    RetryPolicy atOnce = new RetryPolicy(5, Duration.ZERO, 1.0, Duration.ZERO, 0.0, List.of());
    return new NewTask(
        plain.taskId(),
        true,
        plain.queue(),
        plain.queueId(),
        plain.taskType(),
        plain.input(),
        plain.priority(),
        atOnce,
        plain.attemptTimeout(),
        plain.resultTtl(),
        plain.labels(),
        plain.start(),
        plain.deduplicationKey(),
        plain.principal(),
        plain.path());
  }
}
