package io.tasklane.event;

import io.tasklane.feature.EventCodec;
import io.tasklane.feature.EventRow;
import io.tasklane.key.QueueKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Turns rows of {@code task_event} into events, each by the codec that a feature registered. */
public final class EventRows {
  private static final Logger LOG = Logger.getLogger(EventRows.class.getName());

  /** The type of an event whose kind only a newer build knows, or whose row cannot be read. */
  static final String UNKNOWN = "unknown";

  private final Map<EventKind, EventCodec> codecs = new EnumMap<>(EventKind.class);
  private final Function<QueueKey, String> queueIds;

  /**
   * Knows no kind of event yet.
   *
   * @param queueIds the id of a queue by its key
   */
  public EventRows(Function<QueueKey, String> queueIds) {
    this.queueIds = queueIds;
  }

  /**
   * Registers codecs, before the first row is read.
   *
   * @throws IllegalStateException naming a kind that has two
   */
  public EventRows register(List<EventCodec> added) {
    for (EventCodec codec : added) {
      if (codecs.putIfAbsent(codec.kind(), codec) != null) {
        throw new IllegalStateException("two codecs read events of kind " + name(codec.kind()));
      }
    }
    return this;
  }

  /**
   * Passes once every kind of event has a codec.
   *
   * @throws IllegalStateException naming those that have none
   */
  public void requireAll() {
    String missing =
        Arrays.stream(EventKind.values())
            .filter(kind -> !codecs.containsKey(kind))
            .map(EventRows::name)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "no feature reads events of kind " + missing + ": register an EventCodec for it");
    }
  }

  private static String name(EventKind kind) {
    return kind + " (code " + kind.code() + ")";
  }

  /**
   * Reads a row that begins with {@link EventRow#columns}. A newer node may write events that this
   * one does not know, and one row may be damaged; its tail must not stop at them.
   */
  LogEvent read(ResultSet result) throws SQLException {
    EventRow row = new EventRow(result, queueIds);
    assert row.isWhole() : result.getStatement();
    Optional<EventCodec> codec = EventKind.of(row.kind()).map(codecs::get);
    if (codec.isEmpty()) {
      return unknown(row);
    }
    try {
      return codec.get().reading().read(row);
    } catch (RuntimeException | StackOverflowError unreadable) {
      LOG.log(
          Level.WARNING, unreadable, () -> "an event cannot be read; it is passed on as unknown");
      return unknown(row);
    }
  }

  private static LogEvent unknown(EventRow row) throws SQLException {
    return row.event(UNKNOWN, row.detail() == null ? "{}" : row.detail());
  }
}
