package io.tasklane.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.Failure;
import io.tasklane.task.RunEnd;
import io.tasklane.time.Ticker;
import io.tasklane.time.Until;
import io.tasklane.timeout.RequestedTimeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How a run is stopped: by its time limit, by a cancel, by its node. */
class StoppedRunTest extends StoppedRuns {
  @Test
  void the_time_limit_interrupts_and_keeps_the_partial_result() throws Exception {
    CompletableFuture<TaskRunner.Ran> ran =
        bench.start(
            RunBench.task(1),
            run -> {
              run.partialResult(PART);
              return sleep();
            });
    begun.await();
    bench.clock.pass(Duration.ofMinutes(1));
    timedOut(ran.get().end());
    assertThat(((RunEnd.Failed) ran.get().end()).partialResult()).contains(PART);
  }

  @Test
  void a_handler_that_returns_after_its_time_limit_has_still_timed_out() throws Exception {
    CompletableFuture<TaskRunner.Ran> ran =
        bench.start(
            RunBench.task(1),
            run -> {
              begun.countDown();
              Until.isTrue("told to stop", run::cancelled);
              return PART;
            });
    begun.await();
    bench.clock.pass(Duration.ofMinutes(1));
    timedOut(ran.get().end());
    assertThat(((RunEnd.Failed) ran.get().end()).partialResult()).contains(PART);
  }

  @Test
  void what_is_left_of_the_total_limits_a_run_and_keeps_the_partial_result() throws Exception {
    CompletableFuture<TaskRunner.Ran> ran =
        bench.start(
            limited(RequestedTimeouts.NONE.withTotal(Duration.ofSeconds(50))),
            run -> {
              assertThat(run.deadline()).isEqualTo(bench.clock.instant().plusSeconds(50));
              run.partialResult(PART);
              return sleep();
            });
    begun.await();
    bench.stepClock(Duration.ofHours(1));
    lookSeveralTimes();
    assertThat(ran).as("no time has passed").isNotDone();
    bench.clock.pass(Duration.ofSeconds(50));
    RunEnd.Failed end = (RunEnd.Failed) ran.get().end();
    assertThat(end.failure().kind()).isEqualTo(Failure.Kind.TIMEOUT);
    assertThat(end.failure().code()).isEqualTo("TOTAL_TIMEOUT");
    assertThat(end.failure().message()).contains("50000 ms for all attempts together");
    assertThat(end.partialResult()).contains(PART);
  }

  @Test
  void a_run_that_cannot_be_looked_at_hides_no_other_and_is_looked_at_again() throws Exception {
    CountDownLatch running = new CountDownLatch(3);
    AtomicBoolean broken = new AtomicBoolean(true);
    Ticker ticker =
        () -> {
          if (broken.get() && Thread.currentThread().getName().equals("tasklane-run-watch")) {
            throw new StackOverflowError("injected");
          }
          return Duration.between(Instant.EPOCH, bench.clock.instant()).toNanos();
        };
    RunBench.Work work =
        run -> {
          running.countDown();
          return sleep();
        };
    CompletableFuture<TaskRunner.Ran> before = bench.start(RunBench.task(1), work);
    TaskRunner runner =
        bench.runner(work, new CompleteInput(null, (type, input) -> {}), bench.clock, ticker);
    CompletableFuture<TaskRunner.Ran> hidden =
        CompletableFuture.supplyAsync(() -> runner.run(RunBench.task(2)));
    CompletableFuture<TaskRunner.Ran> after = bench.start(RunBench.task(3), work);
    running.await();
    bench.clock.pass(Duration.ofMinutes(1));
    timedOut(before.get(10, TimeUnit.SECONDS).end());
    timedOut(after.get(10, TimeUnit.SECONDS).end());
    assertThat(hidden).isNotDone();
    broken.set(false);
    timedOut(hidden.get(10, TimeUnit.SECONDS).end());
  }

  @Test
  void the_watch_rests_until_a_run_begins() throws Exception {
    Thread watch = watch();
    Duration fastest = Duration.ofMinutes(1);
    for (long i = 1; i <= 5 && fastest.toMillis() > 500; i++) { // a busy machine may be slow once
      while (looksInASecond(watch) > 5) {
        // it has only just begun to have no run
      }
      awaitLook(watch); // so that the next look by itself is a second away
      long begin = Ticker.SYSTEM.nanos();
      timedOut(overstays(i).end());
      Duration took = Ticker.SYSTEM.since(begin);
      fastest = took.compareTo(fastest) < 0 ? took : fastest;
    }
    assertThat(fastest).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void a_stopping_node_gets_its_work_back() throws Exception {
    CompletableFuture<TaskRunner.Ran> ran = bench.start(RunBench.task(1), run -> sleep());
    begun.await();
    bench.watch.stopAll(Duration.ZERO);
    assertThat(ran.get().end()).isInstanceOf(RunEnd.HandedBack.class);
  }

  @Test
  void a_run_that_begins_while_the_node_stops_is_stopped_too() throws Exception {
    bench.watch.stopAll(Duration.ZERO); // its task was claimed before
    CompletableFuture<TaskRunner.Ran> ran = bench.start(RunBench.task(1), run -> sleep());
    assertThat(ran.get(10, TimeUnit.SECONDS).end()).isInstanceOf(RunEnd.HandedBack.class);
  }

  @Test
  void a_lease_that_is_over_stops_every_run_at_once() throws Exception {
    CompletableFuture<TaskRunner.Ran> ran = bench.start(RunBench.task(1), run -> sleep());
    begun.await();
    bench.watch.leaseIsOver();
    assertThat(ran.get().end()).isInstanceOf(RunEnd.HandedBack.class);
  }
}
