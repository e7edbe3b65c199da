package io.tasklane.task.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.time.Until;
import io.tasklane.timeout.RequestedTimeouts;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Runs of handlers that the test stops. */
@Timeout(30)
abstract class StoppedRuns {
  static final Payload PART = Payload.json("{\"part\":1}");
  static final Payload ALL = Payload.json("{}");
  final RunBench bench = new RunBench();
  final CountDownLatch begun = new CountDownLatch(1);
  volatile boolean done;

  @AfterEach
  void close() {
    bench.close();
  }

  /** A task that began when its total did. */
  static Task limited(RequestedTimeouts wishes) {
    Task task = RunBench.task(1);
    return RunBench.limited(task, task.timeouts().with(wishes));
  }

  TaskRunner.Ran overstays(long id) throws Exception {
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

  static Thread watch() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("tasklane-run-watch"))
        .max(Comparator.comparing(Thread::getId))
        .orElseThrow();
  }

  static long looksInASecond(Thread watch) throws InterruptedException {
    long before = parks(watch);
    Thread.sleep(1_000);
    return parks(watch) - before;
  }

  static void awaitLook(Thread watch) {
    long before = parks(watch);
    Until.isTrue("it looks", () -> parks(watch) > before);
  }

  static long parks(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId()).getWaitedCount();
  }

  static Payload failIfInterrupted(Run run) {
    if (Thread.currentThread().isInterrupted() || run.cancelled()) {
      throw new IllegalStateException("stopped by what was meant for another run");
    }
    return ALL;
  }

  Payload sleep() throws InterruptedException {
    begun.countDown();
    new CountDownLatch(1).await(); // for ever, but for an interrupt
    return ALL;
  }

  static void lookSeveralTimes() throws InterruptedException {
    new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS); // the watch looks every 20 ms
  }

  static void timedOut(RunEnd end) {
    assertThat(end).isInstanceOf(RunEnd.Failed.class);
    assertThat(((RunEnd.Failed) end).failure().kind()).isEqualTo(Failure.Kind.TIMEOUT);
    assertThat(((RunEnd.Failed) end).failure().message()).contains("60000 ms");
  }
}
