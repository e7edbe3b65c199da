package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.ComponentHealth;
import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.service.SystemService;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import io.tasklane.time.Until;
import io.tasklane.timeout.RequestedTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node notices a task that it has claimed and that none of its threads runs. */
@Timeout(90)
class OrphanedRunTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Looks are 2 s apart: within this time there is one, and never two. */
  private static final Duration ONE_LOOK = Duration.ofMillis(1900);

  @TempDir private Path folder;
  private final AtomicInteger swallowed = new AtomicInteger();
  private volatile boolean swallow;
  private final CompletableFuture<Boolean> begins = new CompletableFuture<>();
  private volatile boolean delay;

  private EngineBench bench() {
    QueueSettings queue =
        new QueueSettings("Q", QueuePolicy.concurrently(3), RetryPolicy.attempts(1), LONG, LONG);
    return new EngineBench(
        Postgres.empty(),
        folder,
        EngineBench.Surroundings.USUAL.with(this::thread),
        new EngineBench.Worker(run -> Payload.json("{}")),
        queue);
  }

  /** A thread that ends before it has begun, or that begins late. */
  private Thread thread(Runnable work) {
    if (delay) {
      return new Thread(
          () -> {
            begins.join();
            work.run();
          });
    }
    if (!swallow) {
      return new Thread(work);
    }
    swallowed.incrementAndGet();
    return new Thread(() -> {});
  }

  private void orphan(EngineBench bench, Duration limit) {
    swallow = true;
    bench.create(
        EngineBench.request("Q", "t").withTimeouts(RequestedTimeouts.NONE.withAttempt(limit)));
    Until.isTrue("its thread is not there", () -> swallowed.get() > 0);
    swallow = false;
    bench.await("t", TaskState.RUNNING);
  }

  @Test
  void its_attempt_fails_and_its_queue_goes_on() {
    try (EngineBench bench = bench()) {
      orphan(bench, LONG);
      Failure failure = bench.awaitWithTicks("t", TaskState.FAILED).failure().orElseThrow();
      assertThat(failure.code()).isEqualTo("UNEXPECTED");
      assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRYABLE);
      assertThat(failure.message()).startsWith("tasks/t: no thread of its node");
      bench.create(EngineBench.request("Q", "next"));
      bench.awaitWithTicks("next", TaskState.SUCCEEDED);
      assertThat(handlers(bench).data()).containsEntry("orphaned-runs-ended", "1");
    }
  }

  @Test
  void a_run_whose_thread_only_begins_late_is_none() {
    try (EngineBench bench = bench()) {
      delay = true;
      bench.create(EngineBench.request("Q", "t"));
      bench.await("t", TaskState.RUNNING);
      long begin = System.nanoTime();
      while (Duration.ofNanos(System.nanoTime() - begin).compareTo(ONE_LOOK) < 0) {
        bench.engine.tick(); // finds it once
      }
      begins.complete(true);
      Task task = bench.awaitWithTicks("t", TaskState.SUCCEEDED);
      assertThat(task.attempt()).isOne();
      assertThat(handlers(bench).data()).containsEntry("orphaned-runs-ended", "0");
    }
  }

  @Test
  void a_cancel_ends_it() {
    try (EngineBench bench = bench()) {
      orphan(bench, LONG);
      bench.cancel("t");
      Task task = bench.awaitWithTicks("t", TaskState.CANCELLED);
      assertThat(task.failure()).isEmpty();
    }
  }

  @Test
  void its_time_limit_ends_it() {
    try (EngineBench bench = bench()) {
      orphan(bench, Duration.ofSeconds(1));
      Failure failure = bench.awaitWithTicks("t", TaskState.FAILED).failure().orElseThrow();
      assertThat(failure.kind()).isEqualTo(Failure.Kind.TIMEOUT);
      assertThat(failure.code()).isEqualTo("ATTEMPT_TIMEOUT");
    }
  }

  private static ComponentHealth handlers(EngineBench bench) {
    return bench.engine.services().get(SystemService.class).status().stream()
        .filter(part -> part.component().equals("handlers"))
        .findFirst()
        .orElseThrow();
  }
}
