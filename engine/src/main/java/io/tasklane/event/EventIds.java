package io.tasklane.event;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The ids that producers outside gave their events, each of which counts once. */
final class EventIds {
  /** An id, which holds for one principal. */
  record Id(String principal, String eventId) implements Comparable<Id> {
    @Override
    public int compareTo(Id other) {
      int byPrincipal = principal.compareTo(other.principal);
      return byPrincipal != 0 ? byPrincipal : eventId.compareTo(other.eventId);
    }
  }

  private static final String DRAW =
      "SELECT nextval('event_seq') FROM generate_series(1, :count) AS n ORDER BY n";
  private static final String CLAIM =
      """
      INSERT INTO published_event (principal, event_id, revision, time)
      SELECT principal, event_id, revision, statement_timestamp()
      FROM unnest(:principals::text[], :event_ids::text[], :revisions::bigint[])
        AS u (principal, event_id, revision)
      ON CONFLICT DO NOTHING""";
  private static final String FIND =
      """
      SELECT principal, event_id, revision FROM published_event
      JOIN unnest(:principals::text[], :event_ids::text[]) AS u (principal, event_id)
        USING (principal, event_id)""";

  private EventIds() {}

  /** So many revisions, growing. */
  static List<Long> draw(Connection connection, int count) throws SQLException {
    List<Long> revisions =
        NamedSql.on(connection, DRAW).set("count", count).list(row -> row.getLong(1));
    return revisions.stream().sorted().toList();
  }

  /** Claims the ids that are free. Gives the revision that each id stands for from now on. */
  static Map<Id, Long> claim(Connection connection, List<NewEvent> events) throws SQLException {
    // in one order on every node, because a claim waits for another transaction's of the same id
    Map<Id, Long> wanted = new TreeMap<>();
    events.forEach(e -> e.id().ifPresent(id -> wanted.putIfAbsent(id, e.revision())));
    if (wanted.isEmpty()) {
      return Map.of();
    }
    of(connection, CLAIM, wanted).set("revisions", "int8", wanted.values()).update();
    Map<Id, Long> kept = new HashMap<>();
    of(connection, FIND, wanted)
        .each(row -> kept.put(new Id(row.getString(1), row.getString(2)), row.getLong(3)));
    return kept;
  }

  private static Parameters of(Connection connection, String sql, Map<Id, Long> wanted)
      throws SQLException {
    return NamedSql.on(connection, sql)
        .rows(wanted.keySet())
        .add("principals", "text", Id::principal)
        .add("event_ids", "text", Id::eventId);
  }
}
