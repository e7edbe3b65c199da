package io.tasklane.api;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Logger;

/**
 * The ids that every log record of a thread carries while it works on something: {@code task},
 * {@code queue}, {@code attempt} of the run under way, {@code trace_id} of the served call.
 */
public final class LogContext {
  private static final ThreadLocal<Map<String, String>> IDS = ThreadLocal.withInitial(Map::of);

  /** Ends what {@link #with} began; to be closed on the same thread. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  private LogContext() {}

  /** Adds these ids to the records of this thread until the scope is closed. */
  public static Scope with(Map<String, String> ids) {
    Map<String, String> before = IDS.get();
    Map<String, String> both = new HashMap<>(before);
    both.putAll(ids);
    IDS.set(Map.copyOf(both));
    return () -> {
      if (before.isEmpty()) {
        IDS.remove(); // the thread returns to a pool, which may outlive the application
      } else {
        IDS.set(before);
      }
    };
  }

  /** The ids of this thread. */
  public static Map<String, String> ids() {
    return IDS.get();
  }

  /**
   * Registers these ids with every log formatter that accepts them. A formatter belongs to the
   * server and cannot see this class, so it accepts them as a {@code Consumer} of a {@code
   * Supplier}.
   */
  public static void offer() {
    give(LogContext::ids);
  }

  /** Removes them when the application stops, because the server's formatters must not hold it. */
  public static void withdraw() {
    give(null);
  }

  @SuppressWarnings("unchecked") // the convention with a formatter that accepts ids
  private static void give(Supplier<Map<String, String>> ids) {
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      if (handler.getFormatter() instanceof Consumer<?> taker) {
        ((Consumer<Supplier<Map<String, String>>>) taker).accept(ids);
      }
    }
  }
}
