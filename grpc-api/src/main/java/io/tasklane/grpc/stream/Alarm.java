package io.tasklane.grpc.stream;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Calls back later. */
@FunctionalInterface
public interface Alarm {
  /** A call that is to come. */
  @FunctionalInterface
  interface Pending {
    /** It will not come any more, unless it is just coming. */
    void cancel();
  }

  /**
   * Sets an alarm.
   *
   * @param delay from now
   * @param call returns at once
   */
  Pending after(Duration delay, Runnable call);

  /** Alarms by this executor; none go off once it has been shut down. */
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
