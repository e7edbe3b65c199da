package io.tasklane.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.key.TaskKey;
import io.tasklane.task.RunEnd;
import io.tasklane.time.Until;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a cancel reaches a run, and what an interrupt does that comes at a bad time. */
class CancelledRunTest extends StoppedRuns {
  @Test
  void a_cancelled_handler_is_told_and_interrupted_only_after_the_grace() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    CompletableFuture<TaskRunner.Ran> ran =
        bench.start(
            RunBench.task(1),
            run -> {
              run.partialResult(PART);
              begun.countDown();
              Until.isTrue("told to stop", run::cancelled);
              told.countDown();
              return sleep();
            });
    begun.await();
    bench.watch.cancel(new TaskKey(1), false);
    told.await();
    bench.clock.pass(Timeouts.DEFAULT_CANCEL_GRACE.minusMillis(1));
    lookSeveralTimes();
    assertThat(ran).as("in its grace").isNotDone();
    bench.clock.pass(Duration.ofMillis(1));
    assertThat(ran.get().end()).isInstanceOf(RunEnd.Stopped.class);
    assertThat(((RunEnd.Stopped) ran.get().end()).partialResult()).contains(PART);
  }

  @Test
  void a_task_has_a_grace_of_its_own() throws Exception {
    Duration grace = Duration.ofSeconds(2);
    CompletableFuture<TaskRunner.Ran> ran =
        bench.start(limited(RequestedTimeouts.NONE.withCancelGrace(grace)), run -> sleep());
    begun.await();
    bench.watch.cancel(new TaskKey(1), false);
    bench.clock.pass(grace.minusMillis(1));
    lookSeveralTimes();
    assertThat(ran).as("in its grace").isNotDone();
    bench.clock.pass(Duration.ofMillis(1));
    assertThat(ran.get().end()).isInstanceOf(RunEnd.Stopped.class);
  }

  @Test
  void a_grace_does_not_outlast_the_time_limit() throws Exception {
    CompletableFuture<TaskRunner.Ran> ran =
        bench.start(
            limited(RequestedTimeouts.NONE.withCancelGrace(Duration.ofHours(1))),
            run -> {
              run.partialResult(PART);
              return sleep();
            });
    begun.await();
    bench.watch.cancel(new TaskKey(1), false);
    bench.clock.pass(Duration.ofMinutes(1));
    assertThat(ran.get().end()).isInstanceOf(RunEnd.Stopped.class);
    assertThat(((RunEnd.Stopped) ran.get().end()).partialResult()).contains(PART);
  }

  @Test
  void a_forced_cancel_interrupts_at_once() throws Exception {
    CompletableFuture<TaskRunner.Ran> ran = bench.start(RunBench.task(1), run -> sleep());
    begun.await();
    bench.watch.cancel(new TaskKey(1), true);
    assertThat(ran.get().end()).isInstanceOf(RunEnd.Stopped.class);
  }

  @Test
  void a_handler_that_swallows_an_interrupt_is_interrupted_again() throws Exception {
    CompletableFuture<TaskRunner.Ran> ran =
        bench.start(
            RunBench.task(1),
            run -> {
              try {
                return sleep();
              } catch (InterruptedException swallowed) {
                return sleep();
              }
            });
    begun.await();
    bench.watch.cancel(new TaskKey(1), true);
    Until.isTrue(
        "stopped",
        () -> {
          bench.clock.pass(Duration.ofMillis(1));
          return ran.isDone();
        });
    assertThat(ran.get().end()).isInstanceOf(RunEnd.Stopped.class);
  }

  @Test
  void a_cancel_that_comes_before_the_handler_has_begun_is_not_lost() throws Exception {
    bench.watch.cancel(
        new TaskKey(1), true); // the claim is durable, the thread that runs it not yet awake
    CompletableFuture<TaskRunner.Ran> ran = bench.start(RunBench.task(1), run -> sleep());
    assertThat(ran.get(10, TimeUnit.SECONDS).end()).isInstanceOf(RunEnd.Stopped.class);
  }

  @Test
  void an_interrupt_that_comes_too_late_does_not_reach_the_next_run_of_the_thread() {
    TaskRunner next = bench.runner(StoppedRunTest::failIfInterrupted);
    for (long round = 1; round <= 3; round++) {
      long cancelled = round;
      TaskRunner interrupted =
          bench.runner(
              run -> {
                bench.watch.cancel(
                    new TaskKey(cancelled), true); // interrupts this thread, which goes on
                return ALL;
              });
      assertThat(interrupted.run(RunBench.task(round)).end()).isInstanceOf(RunEnd.Succeeded.class);
      assertThat(next.run(RunBench.task(100)).end()).isInstanceOf(RunEnd.Succeeded.class);
    }
  }

  @Test
  void an_interrupt_that_races_with_the_end_does_not_leak_either() throws Exception {
    TaskRunner first = bench.runner(run -> ALL);
    TaskRunner next = bench.runner(StoppedRunTest::failIfInterrupted);
    CompletableFuture<Void> canceller =
        CompletableFuture.runAsync(
            () -> {
              begun.countDown();
              while (!done) {
                bench.watch.cancel(new TaskKey(1), true);
              }
            });
    begun.await();
    try {
      for (int round = 0; round < 5_000; round++) {
        first.run(RunBench.task(1));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(next.run(RunBench.task(2)).end()).isInstanceOf(RunEnd.Succeeded.class);
      }
    } finally {
      done = true;
      canceller.get();
    }
  }
}
