package io.tasklane.event;

import io.tasklane.time.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** How long the tail of the log waits between two looks. For the tail's thread alone. */
final class TailPace {
  /** So often it looks for events of other nodes while nothing happens. */
  static final Duration REST = Duration.ofMillis(100);

  /** The same where no other node writes any. */
  private static final Duration REST_ALONE = Duration.ofSeconds(1);

  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * After a commit of this node, which may not be seen yet because an older transaction still runs,
   * it looks again in this time, then in twice this time, and so on.
   */
  private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Ticker ticker;
  private final long restNanos;
  private volatile BooleanSupplier alone = () -> false;
  private long look = LOOK_NANOS;
  private long lastNews;

  TailPace(Ticker ticker, Duration rest) {
    this.ticker = ticker;
    this.restNanos = rest.toNanos();
    this.lastNews = ticker.nanos();
  }

  /** Asks this whether no other node writes events. */
  void restLongerWhile(BooleanSupplier isAlone) {
    alone = isAlone;
  }

  /** It looks now: because something was committed on this node, or because its wait is over. */
  void looks(boolean isWoken) {
    look = isWoken ? FIRST_LOOK_NANOS : Math.min(2 * look, LOOK_NANOS);
    lastNews = isWoken ? ticker.nanos() : lastNews;
  }

  /** It has read events. */
  void hasNews() {
    lastNews = ticker.nanos();
  }

  /** Whether nothing has happened for so long that it may rest. */
  boolean isQuiet() {
    return ticker.since(lastNews).compareTo(QUIET) > 0;
  }

  /** Nanoseconds until the next look. */
  long pause(boolean rests) {
    if (!rests) {
      return look;
    }
    return alone.getAsBoolean() ? Math.max(restNanos, REST_ALONE.toNanos()) : restNanos;
  }
}
