package io.tasklane.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.key.TaskKey;
import io.tasklane.task.Payload;
import io.tasklane.task.RunEnd;
import io.tasklane.time.Until;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that ignore their interrupt, and clocks that are stepped under a run. */
@Timeout(60)
class StubbornHandlerTest {
  private static final Payload ALL = Payload.json("{}");
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private final RunBench bench = new RunBench();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean done;

  @AfterEach
  void close() {
    done = true;
    bench.close();
  }

  @Test
  void a_handler_that_ignores_its_interrupt_is_told_of_with_its_task_and_queue() throws Exception {
    CompletableFuture<TaskRunner.Ran> ran = startStubborn();
    assertThat(bench.watch.longestOverstay()).isEmpty();
    bench.watch.cancel(new TaskKey(1), true);
    bench.clock.pass(Duration.ofSeconds(5));
    Until.isTrue("noticed", () -> bench.watch.longestOverstay().isPresent());
    bench.clock.pass(Duration.ofSeconds(5));
    RunWatch.Overstay over = bench.watch.longestOverstay().orElseThrow();
    assertThat(over.task()).isEqualTo("tasks/t1");
    assertThat(over.queue()).isEqualTo("queues/Q");
    assertThat(over.since()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    done = true;
    ran.get();
    assertThat(bench.watch.longestOverstay()).isEmpty();
  }

  @Test
  void one_that_ignores_it_for_the_limit_ends_the_node_and_no_sooner() throws Exception {
    bench.watch.endNodeAfter(LIMIT, ended::countDown);
    startStubborn();
    bench.watch.cancel(new TaskKey(1), true);
    bench.clock.pass(Duration.ofSeconds(1));
    Until.isTrue("noticed", () -> bench.watch.longestOverstay().isPresent());
    bench.clock.pass(LIMIT.minusSeconds(2));
    assertThat(ended.await(300, TimeUnit.MILLISECONDS)).isFalse();
    bench.clock.pass(Duration.ofSeconds(3));
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_handler_that_runs_long_and_was_never_interrupted_ends_no_node() throws Exception {
    bench.watch.endNodeAfter(LIMIT, ended::countDown);
    startStubborn();
    bench.clock.pass(Duration.ofSeconds(59));
    assertThat(ended.await(300, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void a_clock_that_is_stepped_forward_by_an_hour_ends_no_run() throws Exception {
    CompletableFuture<TaskRunner.Ran> ran = startStubborn();
    bench.stepClock(Duration.ofHours(1));
    assertThat(ended.await(300, TimeUnit.MILLISECONDS)).isFalse();
    done = true;
    assertThat(ran.get().end()).isInstanceOf(RunEnd.Succeeded.class);
  }

  @Test
  void a_clock_that_is_stepped_back_by_an_hour_keeps_no_run_beyond_its_limit() throws Exception {
    CompletableFuture<TaskRunner.Ran> ran =
        bench.start(
            RunBench.task(1),
            run -> {
              begun.countDown();
              new CountDownLatch(1).await();
              return ALL;
            });
    begun.await();
    bench.stepClock(Duration.ofHours(-1));
    bench.clock.pass(Duration.ofMinutes(1));
    assertThat(ran.get().end()).isInstanceOf(RunEnd.Failed.class);
  }

  /** Runs until the test is done, whoever interrupts it. */
  private CompletableFuture<TaskRunner.Ran> startStubborn() throws InterruptedException {
    CompletableFuture<TaskRunner.Ran> ran =
        bench.start(
            RunBench.task(1),
            run -> {
              begun.countDown();
              while (!done) {
                Thread.onSpinWait();
              }
              return ALL;
            });
    begun.await();
    return ran;
  }
}
