package io.tasklane.monitor;

import io.tasklane.api.ComponentHealth;
import io.tasklane.api.HealthCheck;
import io.tasklane.fault.ErrorText;
import io.tasklane.fault.FatalErrors;
import io.tasklane.time.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Checks a component once a second on a thread of its own, so that asking for its health never
 * waits for it: a component that hangs is one that has not answered for too long.
 */
public final class PeriodicHealthCheck implements AutoCloseable {
  /** A component that has not answered for this long counts as broken. */
  public static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final Logger LOG = Logger.getLogger(PeriodicHealthCheck.class.getName());
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration END = Duration.ofMillis(500);

  private record Beat(long at, String fault, Map<String, String> seen) {}

  private final String component;
  private final HealthCheck probe;
  private final Ticker ticker;
  private final Thread thread;
  private volatile Beat last;
  private volatile long lastSuccess;
  private volatile boolean closed;

  /**
   * Starts checking.
   *
   * @param component what is checked
   * @param probe how
   * @param ticker monotonic time
   * @param threads makes its thread
   */
  public PeriodicHealthCheck(
      String component, HealthCheck probe, Ticker ticker, ThreadFactory threads) {
    this.component = component;
    this.probe = probe;
    this.ticker = ticker;
    this.last = new Beat(ticker.nanos(), "has not been tried yet", Map.of());
    this.lastSuccess = last.at();
    this.thread = threads.newThread(this::beat);
    this.thread.setName("tasklane-pulse-" + component);
    this.thread.start();
  }

  /** The result of the last check. Returns at once. */
  public ComponentHealth status() {
    Beat beat = last;
    Duration silent = ticker.since(beat.at());
    if (silent.compareTo(PATIENCE) > 0) {
      String hangs = "has not answered for " + silent.toSeconds() + " s";
      return ComponentHealth.broken(component, hangs, beat.seen());
    }
    return beat.fault().isEmpty()
        ? ComponentHealth.fine(component, "works", beat.seen())
        : ComponentHealth.broken(component, beat.fault(), beat.seen());
  }

  /** What is wrong, if no check has succeeded for this long; one that fails is no outage. */
  public Optional<String> outage(Duration lasting) {
    ComponentHealth health = status();
    return health.healthy() || ticker.since(lastSuccess).compareTo(lasting) < 0
        ? Optional.empty()
        : Optional.of(health.detail());
  }

  private void beat() {
    while (!closed) {
      try {
        last = look();
      } catch (InterruptedException stop) {
        return;
      }
      LockSupport.parkNanos(PERIOD.toNanos());
    }
  }

  private Beat look() throws InterruptedException {
    try {
      Map<String, String> seen = probe.look();
      lastSuccess = ticker.nanos();
      return new Beat(lastSuccess, "", seen);
    } catch (InterruptedException stop) {
      throw stop;
    } catch (Exception | Error broken) {
      FatalErrors.passOn(broken);
      LOG.log(Level.FINE, component, broken);
      return new Beat(ticker.nanos(), said(broken), Map.of());
    }
  }

  private static String said(Throwable broken) {
    boolean isExpected = broken instanceof Exception && broken.getMessage() != null;
    return isExpected ? broken.getMessage() : ErrorText.of(broken);
  }

  /** Ends its thread; a thread that hangs with its component is left running. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(END.toMillis());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it was closed. */
  boolean hasEnded() {
    return !thread.isAlive();
  }
}
