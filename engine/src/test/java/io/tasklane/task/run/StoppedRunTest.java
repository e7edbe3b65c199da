package io.tasklane.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.key.TaskKey;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.time.Ticker;
import io.tasklane.time.Until;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.timeout.Timeouts;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a run is stopped: by its time limit, by a cancel, by its node. */
@Timeout(30)
class StoppedRunTest {
  private static final Payload PART = Payload.json("{\"part\":1}");
  private static final Payload ALL = Payload.json("{}");
  private final RunBench bench = new RunBench();
  private final CountDownLatch begun = new CountDownLatch(1);
  private volatile boolean done;

  @AfterEach
  void close() {
    bench.close();
  }

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

  /** A task that began when its total did. */
  private static Task limited(RequestedTimeouts wishes) {
    Task task = RunBench.task(1);
    return RunBench.limited(task, task.timeouts().with(wishes));
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

  private TaskRunner.Ran overstays(long id) throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    CompletableFuture<TaskRunner.Ran> ran =
        bench.start(
            RunBench.task(id),
            run -> {
              runs.countDown();
              return sleep();
            });
    runs.await();
    bench.clock.pass(Duration.ofMinutes(1));
    return ran.get(10, TimeUnit.SECONDS);
  }

  private static Thread watch() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("tasklane-run-watch"))
        .max(Comparator.comparing(Thread::getId))
        .orElseThrow();
  }

  private static long looksInASecond(Thread watch) throws InterruptedException {
    long before = parks(watch);
    Thread.sleep(1_000);
    return parks(watch) - before;
  }

  private static void awaitLook(Thread watch) {
    long before = parks(watch);
    Until.isTrue("it looks", () -> parks(watch) > before);
  }

  private static long parks(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId()).getWaitedCount();
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

  private static Payload failIfInterrupted(Run run) {
    if (Thread.currentThread().isInterrupted() || run.cancelled()) {
      throw new IllegalStateException("stopped by what was meant for another run");
    }
    return ALL;
  }

  private Payload sleep() throws InterruptedException {
    begun.countDown();
    new CountDownLatch(1).await(); // for ever, but for an interrupt
    return ALL;
  }

  private static void lookSeveralTimes() throws InterruptedException {
    new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS); // the watch looks every 20 ms
  }

  private static void timedOut(RunEnd end) {
    assertThat(end).isInstanceOf(RunEnd.Failed.class);
    assertThat(((RunEnd.Failed) end).failure().kind()).isEqualTo(Failure.Kind.TIMEOUT);
    assertThat(((RunEnd.Failed) end).failure().message()).contains("60000 ms");
  }
}
