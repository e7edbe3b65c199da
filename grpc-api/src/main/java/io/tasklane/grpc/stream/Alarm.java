package io.tasklane.grpc.stream;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls back after a delay. */
@FunctionalInterface
public interface Alarm {
  /** A call that is scheduled. */
  @FunctionalInterface
  interface Pending {
    /** Cancels the call, unless it is already running. */
    void cancel();
  }

  /**
   * Schedules a call.
   *
   * @param delay from now
   * @param call returns at once
   */
  Pending after(Duration delay, Runnable call);

  /** Alarms on an executor; none run after it has been shut down. */
  static Alarm of(ScheduledExecutorService timer) {
    return (delay, call) -> {
      try {
        Future<?> pending = timer.schedule(call, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> pending.cancel(false);
      } catch (RejectedExecutionException serverHasStopped) {
        return () -> {};
      }
    };
  }
}
