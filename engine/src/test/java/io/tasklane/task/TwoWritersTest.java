package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Refusal;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.queue.ownership.TakeQueues;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.ReportProgress;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.NewTasks;
import io.tasklane.task.update.TaskUpdate;
import io.tasklane.task.update.UpdateTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever two writers do to the same tasks, the log tells of legal moves in their order. */
class TwoWritersTest {
  private static final int TASKS = 12;
  private static final int STEPS = 150;

  /** Who needs whom, with whether the end of the needed one is open, or as it has to be. */
  private static final String NEEDS =
      """
      (SELECT d.id, d.state, d.unmet, d.start_time, n.state < 8 AS open,
          CASE x.policy WHEN 1 THEN n.state = 8 WHEN 2 THEN n.state = 9 ELSE n.state >= 8 END AS met
        FROM task d JOIN task_need x ON x.task = d.id JOIN task n ON n.id = x.need) AS needs""";

  private static final String WRONGLY_COUNTED =
      "(SELECT id FROM "
          + NEEDS
          + " WHERE state = 2 GROUP BY id, unmet"
          + " HAVING unmet <> count(*) FILTER (WHERE open) OR bool_and(NOT open)) AS wrong";
  private static final String WRONGLY_RULED_OUT =
      "(SELECT id FROM "
          + NEEDS
          + " WHERE state = 11 GROUP BY id HAVING bool_and(open OR met)) AS wrong";
  private static final String WRONGLY_FREE =
      "(SELECT id FROM " + NEEDS + " WHERE (state IN (3, 5, 6, 7, 8)) AND NOT met) AS wrong";

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
    assertThat(store.count("task_due")).isEqualTo(store.count("task WHERE state IN (1, 6)"));
    assertThat(store.count("task_blocked")).isEqualTo(store.count("task WHERE state = 2"));
    assertThat(store.count("dead_letter")).isEqualTo(store.count("task WHERE state = 9"));
    assertThat(store.count("task_deduplication"))
        .isEqualTo(store.count("task WHERE deduplication_key IS NOT NULL AND state < 8"));
    assertThat(store.count(WRONGLY_COUNTED)).as("counters of unmet needs that are wrong").isZero();
    assertThat(store.count(WRONGLY_RULED_OUT)).as("skipped without a wrong end").isZero();
    assertThat(store.count(WRONGLY_FREE)).as("free in spite of a wrong or open end").isZero();
    assertThat(store.count("task WHERE dependencies IS NOT NULL AND state <> 2")).isPositive();
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
      Optional<CompleteAndClaim.Completion> completion = run.map(task -> complete(task, random));
      run =
          StoreBench.get(
                  either(random)
                      .submit(store.completions, new CompleteAndClaim(owner, completion, true)))
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
        NewTask task = conditional(eager("t" + named), named, random);
        StoreBench.get(either(random).submit(store.creation, List.of(task)));
        named += store.exists("t" + named) ? 1 : 0;
      }
      StoreBench.get(either(random).submit(store.due, 10));
      String victim = "t" + (named - 1 - random.nextInt(Math.min(named, 8)));
      try {
        if (random.nextBoolean()) {
          StoreBench.get(either(random).submit(store.updates, repriced(victim, random)));
        } else {
          StoreBench.get(either(random).submit(store.cancels, StoreBench.cancelOf(victim)));
        }
      } catch (Refusal late) {
        assertThat(late.reason().name()).isIn("TASK_ENDED", "TASK_STARTED");
      }
    }
  }

  private static UpdateTasks.Update repriced(String victim, Random random) {
    TaskUpdate update =
        new TaskUpdate(
            Set.of(TaskUpdate.Field.PRIORITY),
            new Priority(1 + random.nextInt(10)),
            Optional.empty(),
            Optional.empty(),
            Map.of());
    return new UpdateTasks.Update(victim, OptionalInt.empty(), update, "tester");
  }

  /** Needs up to three of the tasks before it, waits a moment, or has a business identity. */
  private static NewTask conditional(NewTask task, int named, Random random) {
    DependencyPolicy[] policies = DependencyPolicy.values();
    List<Dependency> needs =
        random
            .ints(random.nextInt(4), Math.max(0, named - 6), named)
            .distinct()
            .mapToObj(n -> new Dependency("t" + n, policies[random.nextInt(3)], Optional.empty()))
            .toList();
    StartConditions start = StartConditions.after(needs);
    if (random.nextInt(4) == 0) {
      start = start.notBefore(Instant.now().plusMillis(random.nextInt(40)));
    }
    NewTask waiting = task.withStart(start);
    return random.nextInt(4) == 0 ? waiting.withDeduplicationKey("k" + random.nextInt(3)) : waiting;
  }

  private GroupCommitter either(Random random) {
    return random.nextBoolean() ? store.committer : second;
  }

  private static CompleteAndClaim.Completion complete(Task run, Random random) {
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "X", "", "", Instant.EPOCH);
    RunEnd end =
        switch (random.nextInt(4)) {
          case 0 -> StoreBench.succeeded();
          case 1 -> new RunEnd.Stopped(Optional.empty());
          case 2 -> new RunEnd.HandedBack();
          default -> new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
        };
    RunCompletion what = RunCompletion.of(end, run.retryPolicy(), run.attempt(), random);
    return new CompleteAndClaim.Completion(run.id(), run.fencingToken(), what, List.of(), "");
  }

  /** A task that is tried again at once. */
  private NewTask eager(String name) {
    NewTask plain = store.named(name, 5);
    RetryPolicy atOnce = new RetryPolicy(5, Duration.ZERO, 1.0, Duration.ZERO, 0.0, List.of());
    return NewTasks.of(
        plain.taskId(),
        true,
        plain.queue().value(),
        plain.queueId(),
        plain.spec().taskType(),
        plain.spec().input(),
        plain.priority(),
        atOnce,
        plain.spec().timeouts().attempt(),
        plain.spec().resultTtl(),
        plain.spec().labels(),
        plain.start(),
        plain.deduplicationKey(),
        plain.principal(),
        plain.path());
  }
}
