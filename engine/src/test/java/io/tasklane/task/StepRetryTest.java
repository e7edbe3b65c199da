package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.state.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tries of a step with a policy of its own are known to the runs after it. */
class StepRetryTest {
  private static final Payload DONE = Payload.json("{}");
  private final StepBench bench = new StepBench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static Failure failure(RunEnd end) {
    return ((RunEnd.Failed) end).failure();
  }

  @Test
  void tries_of_a_step_survive_a_crash() throws Exception {
    bench.store.create(bench.store.named("t", 5));
    RetryPolicy five =
        new RetryPolicy(5, Duration.ofMillis(1), 1, Duration.ofMillis(1), 0, List.of());
    AtomicInteger tries = new AtomicInteger();
    CountDownLatch third = new CountDownLatch(1);
    bench.start(
        bench.claim(),
        run ->
            run.step(
                "s",
                five,
                () -> {
                  if (tries.incrementAndGet() == 3) {
                    third.countDown();
                    new CountDownLatch(1).await(); // killed inside its third try
                  }
                  throw new IllegalStateException("try " + tries);
                }));
    third.await();
    bench.die();
    assertThat(bench.step("t", "s").failedTries()).isEqualTo(2);
    AtomicInteger more = new AtomicInteger();
    Failure failure =
        failure(
            bench
                .run(
                    bench.claim(),
                    run ->
                        run.step(
                            "s",
                            five,
                            () -> {
                              throw new IllegalStateException("again " + more.incrementAndGet());
                            }))
                .end());
    assertThat(more).as("a policy of 5, of which 2 are known to have failed").hasValue(3);
    assertThat(failure.message()).contains("again 3");
    bench.die();
    Failure kept =
        failure(
            bench
                .run(
                    bench.claim(),
                    run ->
                        run.step(
                            "s",
                            five,
                            () -> {
                              throw new AssertionError("failed for good in this attempt");
                            }))
                .end());
    assertThat(kept.message()).contains("step s has failed before", "again 3");
  }

  @Test
  void a_long_wait_between_two_tries_gives_the_slot_back() {
    bench.store.create(bench.store.named("t", 5));
    RetryPolicy slow =
        new RetryPolicy(2, Duration.ofMinutes(1), 1, Duration.ofMinutes(1), 0, List.of());
    AtomicInteger tries = new AtomicInteger();
    StepBench.Work work =
        run ->
            run.step(
                "s",
                slow,
                () -> {
                  if (tries.incrementAndGet() == 1) {
                    throw new IllegalStateException("not yet");
                  }
                  return DONE;
                });
    assertThat(bench.claimAndRun(work)).isInstanceOf(RunEnd.Suspended.class);
    assertThat(bench.store.read("t").state()).isEqualTo(TaskState.SCHEDULED);
    Postgres.run(bench.store.database, "UPDATE task_step SET due = clock_timestamp()");
    bench.makeDue();
    assertThat(bench.claimAndRun(work)).isInstanceOf(RunEnd.Succeeded.class);
    assertThat(tries).hasValue(2);
    assertThat(bench.store.read("t").attempt()).isEqualTo(1);
  }
}
