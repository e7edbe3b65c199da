package io.tasklane.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrainLoopTest {
  private final Queue<Runnable> later = new ArrayDeque<>();
  private final AtomicInteger steps = new AtomicInteger();

  @Test
  void nothing_runs_before_the_start_and_wake_ups_until_then_are_one_run() {
    DrainLoop loop = new DrainLoop(Runnable::run, steps::incrementAndGet);
    loop.wake();
    loop.wake();
    assertThat(steps).hasValue(0);

    loop.start();
    assertThat(steps).hasValue(1);
    loop.wake();
    assertThat(steps).hasValue(2);
  }

  @Test
  void wake_ups_before_a_run_begins_are_one_run() {
    DrainLoop loop = new DrainLoop(later::add, steps::incrementAndGet);
    loop.start();
    loop.wake();
    loop.wake();
    assertThat(later).hasSize(1);

    later.remove().run();
    assertThat(steps).hasValue(1);
    assertThat(later).isEmpty();
    loop.wake();
    assertThat(later).hasSize(1);
  }

  @Test
  void a_step_that_is_woken_while_it_runs_is_run_again_after_itself() {
    AtomicBoolean inside = new AtomicBoolean();
    AtomicInteger nested = new AtomicInteger();
    DrainLoop[] loop = new DrainLoop[1];
    loop[0] =
        new DrainLoop(
            Runnable::run,
            () -> {
              if (!inside.compareAndSet(false, true)) {
                nested.incrementAndGet();
              }
              if (steps.incrementAndGet() == 1) {
                loop[0].wake();
                loop[0].wake();
              }
              inside.set(false);
            });
    loop[0].start();

    assertThat(steps).as("both wake-ups together").hasValue(2);
    assertThat(nested).hasValue(0);
  }

  @Test
  void many_threads_that_wake_it_never_meet_in_the_step_and_nothing_is_left() throws Exception {
    int threads = 8;
    int each = 5_000;
    Queue<Integer> supply = new ConcurrentLinkedQueue<>();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger crowded = new AtomicInteger();
    int[] drained = new int[1];
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      DrainLoop loop =
          new DrainLoop(
              executor,
              () -> {
                if (inside.getAndIncrement() > 0) {
                  crowded.incrementAndGet();
                }
                while (supply.poll() != null) {
                  drained[0]++;
                }
                inside.decrementAndGet();
              });
      loop.start();
      CountDownLatch ended = new CountDownLatch(threads);
      for (int t = 0; t < threads; t++) {
        new Thread(
                () -> {
                  for (int i = 0; i < each; i++) {
                    supply.add(i);
                    loop.wake();
                  }
                  ended.countDown();
                })
            .start();
      }
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
      executor.shutdown();
      assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      executor.shutdownNow();
    }
    assertThat(crowded).hasValue(0);
    assertThat(drained[0]).isEqualTo(threads * each);
  }

  @Test
  void an_executor_that_has_stopped_is_no_fault_of_whoever_wakes_it() {
    AtomicBoolean stopped = new AtomicBoolean(true);
    DrainLoop loop =
        new DrainLoop(
            run -> {
              if (stopped.get()) {
                throw new RejectedExecutionException();
              }
              run.run();
            },
            steps::incrementAndGet);
    loop.start();
    loop.wake();
    assertThat(steps).hasValue(0);

    stopped.set(false);
    loop.wake();
    assertThat(steps).hasValue(1);
  }

  @Test
  void a_step_that_throws_is_run_again_by_the_next_wake_up() {
    DrainLoop loop =
        new DrainLoop(
            Runnable::run,
            () -> {
              if (steps.incrementAndGet() == 1) {
                throw new AssertionError("injected");
              }
            });
    loop.start();
    assertThat(steps).hasValue(1);
    loop.wake();
    assertThat(steps).hasValue(2);
  }

  @Test
  void an_error_of_the_virtual_machine_leaves_the_step() {
    DrainLoop loop =
        new DrainLoop(
            Runnable::run,
            () -> {
              throw new InternalError("injected");
            });
    assertThatThrownBy(loop::start).isInstanceOf(InternalError.class);
  }

  @Test
  void where_no_thread_can_be_started_the_next_wake_up_tries_again() {
    AtomicBoolean full = new AtomicBoolean(true);
    DrainLoop loop =
        new DrainLoop(
            run -> {
              if (full.get()) {
                throw new OutOfMemoryError("unable to create native thread: injected");
              }
              run.run();
            },
            steps::incrementAndGet);
    assertThatThrownBy(loop::start).isInstanceOf(OutOfMemoryError.class);
    full.set(false);
    loop.wake();
    assertThat(steps).hasValue(1);
  }
}
