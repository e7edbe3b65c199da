package io.tasklane.feature;

import io.tasklane.commit.CommandKind;
import io.tasklane.database.NamedSql;
import io.tasklane.event.EventTypePattern;
import io.tasklane.event.LogEvent;
import io.tasklane.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Does the due work of a feature that waits for events as soon as such an event is in the log,
 * rather than with the next tick. It only makes things sooner: whatever it misses, the tick does.
 * It belongs to the thread of the log's tail.
 */
public final class EventWakeUp implements Consumer<List<LogEvent>> {
  private static final Logger LOG = Logger.getLogger(EventWakeUp.class.getName());
  private static final Duration TYPES_KEPT = Duration.ofSeconds(1);
  private static final int MOST_EVENTS = 500;

  private final EngineContext engine;
  private final String types;
  private final CommandKind<Integer, Integer> command;
  private final Ticker ticker;
  private final AtomicInteger asked = new AtomicInteger();
  private List<EventTypePattern> awaited = List.of();
  private long readAt;
  private boolean isRead;

  /**
   * Follows the log.
   *
   * @param engine where the work is done
   * @param types SQL of the types that are waited for: exact, or prefixes that end in ".*"
   * @param command the work: given how many events at most, it returns how many it has looked at
   * @param ticker says when the types are to be read again
   */
  public EventWakeUp(
      EngineContext engine, String types, CommandKind<Integer, Integer> command, Ticker ticker) {
    this.engine = engine;
    this.types = types;
    this.command = command;
    this.ticker = ticker;
  }

  /** Throws nothing: whoever follows the log and throws is told that it has missed events. */
  @Override
  public void accept(List<LogEvent> events) {
    try {
      if (isConcerned(events) && asked.getAndIncrement() == 0) {
        work();
      }
    } catch (RuntimeException away) {
      LOG.log(Level.FINE, "the next tick does it", away);
    }
  }

  private boolean isConcerned(List<LogEvent> events) {
    if (!isRead || ticker.since(readAt).compareTo(TYPES_KEPT) > 0) {
      awaited =
          engine.database().with(c -> NamedSql.on(c, types).list(row -> row.getString(1))).stream()
              .map(EventTypePattern::new)
              .toList();
      readAt = ticker.nanos();
      isRead = true;
    }
    return !awaited.isEmpty()
        && events.stream()
            .anyMatch(event -> awaited.stream().anyMatch(type -> type.matches(event.type())));
  }

  /** One command at a time; events that come meanwhile cause one more. */
  private void work() {
    int before = asked.get();
    engine
        .committer()
        .handIn(command, MOST_EVENTS)
        .whenComplete(
            (looked, failed) -> {
              boolean more = failed == null && looked >= MOST_EVENTS;
              if (more || failed == null && !asked.compareAndSet(before, 0)) {
                work();
              } else if (failed != null) {
                asked.set(0); // the tick tries again
              }
            });
  }
}
