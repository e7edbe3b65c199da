package io.tasklane.task.run;

import io.tasklane.time.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether, why and since when a run has to stop, and the interrupts of its handler's thread. It
 * goes by monotonic time: a stepped clock neither ends a run nor keeps it. Safe for many threads.
 */
final class StopWatch {
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final Ticker ticker;
  private final Duration limit;
  private final long begun;
  private Stop stop = Stop.NONE;
  private Optional<Duration> interruptAt = Optional.empty();
  private Optional<Duration> interrupted = Optional.empty();
  private Thread handler;

  /** For a run that begins now and has this time limit. */
  StopWatch(Ticker ticker, Duration limit) {
    this.ticker = ticker;
    this.limit = limit;
    this.begun = ticker.nanos();
  }

  /** From here to {@link #leave} the calling thread may be interrupted. */
  synchronized void enter() {
    handler = Thread.currentThread();
  }

  /** No interrupt reaches the thread after this; a pending one is cleared. */
  synchronized void leave() {
    handler = null;
    Thread.interrupted();
  }

  /**
   * Requests a stop; the handler is interrupted after the grace period, at the latest at its time
   * limit. The first reason counts.
   */
  synchronized void stop(Stop why, Duration grace) {
    if (stop == Stop.NONE || why == Stop.LEASE_OVER) {
      stop = why;
    }
    Duration at = ticker.since(begun).plus(grace);
    interruptAt = Optional.of(interruptAt.filter(sooner -> sooner.compareTo(at) <= 0).orElse(at));
    if (grace.isZero()) {
      interrupt();
    }
  }

  /**
   * Checks the time: interrupts a handler that has reached its limit or the end of its grace
   * period.
   */
  synchronized void look() {
    Duration now = ticker.since(begun);
    if (interrupted.isEmpty() && now.compareTo(limit) >= 0) {
      stop =
          stop == Stop.NONE
              ? Stop.TIMEOUT
              : stop; // in a grace period that is longer than the limit
      interruptAt = Optional.of(now);
    }
    if (interruptAt.filter(at -> now.compareTo(at) >= 0).isPresent()) {
      interrupt();
      interruptAt = Optional.of(now.plus(AGAIN)); // in case the handler has swallowed it
    }
  }

  /** How long the handler has continued since its first interrupt; zero without one. */
  synchronized Duration overstay() {
    return handler == null
        ? Duration.ZERO
        : interrupted.map(ticker.since(begun)::minus).orElse(Duration.ZERO);
  }

  synchronized Stop why() {
    return stop;
  }

  private void interrupt() {
    if (handler != null) {
      handler.interrupt();
      interrupted = interrupted.or(() -> Optional.of(ticker.since(begun)));
    }
  }
}
