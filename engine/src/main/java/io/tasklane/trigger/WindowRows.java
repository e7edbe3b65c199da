package io.tasklane.trigger;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.json.JsonValue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes windows with their events.
 *
 * @param connection to do so on
 */
record WindowRows(Connection connection) {
  private static final String SELECT =
      "SELECT id, trigger_id, version, name, definition, merge_key, end_time FROM trigger_window ";

  /** One that ended, or takes no more, is no window to merge into. */
  private static final String OPEN =
      SELECT
          + """
            WHERE trigger_id = :trigger AND version = :version AND merge_key = :key
              AND NOT is_full AND isfinite(end_time)
            ORDER BY id DESC LIMIT 1""";

  private static final String DUE =
      SELECT
          + """
            WHERE end_time <= :seen OR is_full
            ORDER BY end_time, id LIMIT :limit FOR UPDATE SKIP LOCKED""";
  private static final String EVENTS =
      """
      SELECT revision, event_type, time, event, causation, size FROM trigger_window_event
      WHERE window_id = :id ORDER BY position""";
  private static final String INSERT =
      """
      INSERT INTO trigger_window (trigger_id, version, name, definition, merge_key, end_time,
          is_full)
      VALUES (:trigger, :version, :name, :definition, :key, :end, :full) RETURNING id""";
  private static final String FULL = "UPDATE trigger_window SET is_full = true WHERE id = :id";
  private static final String ADD =
      """
      INSERT INTO trigger_window_event (window_id, position, revision, event_type, time, event,
          causation, size)
      SELECT :id, u.* FROM unnest(:positions::int[], :revisions::bigint[], :types::text[],
        :times::timestamptz[], :events::text[], :causations::text[], :sizes::bigint[]) AS u""";
  private static final String DELETE =
      """
      WITH events AS (DELETE FROM trigger_window_event WHERE window_id = :id)
      DELETE FROM trigger_window WHERE id = :id""";

  private record Head(
      long id, long triggerId, int version, Trigger trigger, String key, Instant end) {}

  private record Added(int position, TriggerEvent event) {}

  /** The window with this key that still takes events. */
  Optional<OpenWindow> open(TriggerRow trigger, String key) throws SQLException {
    Optional<Head> head =
        NamedSql.on(connection, OPEN)
            .set("trigger", trigger.id())
            .set("version", trigger.stored().version())
            .set("key", key)
            .first(WindowRows::head);
    return head.isEmpty() ? Optional.empty() : Optional.of(window(head.get()));
  }

  /** Windows that start now, locked, the first to end first; at most so many. */
  List<OpenWindow> due(Instant seenUntil, int limit) throws SQLException {
    List<Head> heads =
        NamedSql.on(connection, DUE)
            .set("seen", Timestamp.from(seenUntil))
            .set("limit", limit)
            .list(WindowRows::head);
    List<OpenWindow> windows = new ArrayList<>();
    for (Head head : heads) {
      windows.add(window(head));
    }
    return windows;
  }

  private static Head head(ResultSet row) throws SQLException {
    Timestamp end = row.getTimestamp("end_time");
    return new Head(
        row.getLong("id"),
        row.getLong("trigger_id"),
        row.getInt("version"),
        TriggerJson.read(row.getString("name"), row.getString("definition")),
        row.getString("merge_key"),
        end.toInstant());
  }

  private OpenWindow window(Head head) throws SQLException {
    List<TriggerEvent> events =
        NamedSql.on(connection, EVENTS).set("id", head.id()).list(WindowRows::event);
    return new OpenWindow(
        head.id(),
        head.triggerId(),
        head.version(),
        head.trigger(),
        new CoalesceWindow(head.key(), events, head.end()),
        events.size());
  }

  @SuppressWarnings("unchecked")
  private static TriggerEvent event(ResultSet row) throws SQLException {
    return new TriggerEvent(
        row.getLong("revision"),
        row.getString("event_type"),
        Rows.instant(row, "time").orElseThrow(),
        (Map<String, Object>) JsonValue.stored(row.getString("event")),
        CausationJson.read(row.getString("causation")),
        row.getLong("size"));
  }

  /** Writes what is new of a window. */
  void write(OpenWindow open) throws SQLException {
    long id = open.id();
    if (id == 0) {
      id =
          NamedSql.on(connection, INSERT)
              .set("trigger", open.triggerId())
              .set("version", open.version())
              .set("name", open.trigger().name())
              .set("definition", TriggerJson.write(open.trigger()))
              .set("key", open.window().key())
              .set("end", Timestamp.from(open.window().end()))
              .set("full", open.window().isFull())
              .one(row -> row.getLong(1));
    } else if (open.window().isFull()) {
      NamedSql.on(connection, FULL).set("id", id).update();
    }
    List<Added> added = new ArrayList<>();
    for (int i = open.stored(); i < open.window().events().size(); i++) {
      added.add(new Added(i, open.window().events().get(i)));
    }
    NamedSql.on(connection, ADD)
        .set("id", id)
        .rows(added)
        .add("positions", "int4", Added::position)
        .add("revisions", "int8", one -> one.event().revision())
        .add("types", "text", one -> one.event().type())
        .add("times", "timestamptz", one -> Timestamp.from(one.event().time()))
        .add("events", "text", one -> JsonValue.write(one.event().variable()))
        .add("causations", "text", one -> CausationJson.write(one.event().causation()))
        .add("sizes", "int8", one -> one.event().size())
        .update();
  }

  void delete(OpenWindow open) throws SQLException {
    NamedSql.on(connection, DELETE).set("id", open.id()).update();
  }
}
