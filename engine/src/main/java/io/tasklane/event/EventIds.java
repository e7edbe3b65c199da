package io.tasklane.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
      "SELECT nextval('event_seq') FROM generate_series(1, ?) AS n ORDER BY n";
  private static final String CLAIM =
      """
      INSERT INTO published_event (principal, event_id, revision, time)
      SELECT principal, event_id, revision, statement_timestamp()
      FROM unnest(?::text[], ?::text[], ?::bigint[]) AS u (principal, event_id, revision)
      ON CONFLICT DO NOTHING""";
  private static final String FIND =
      """
      SELECT principal, event_id, revision FROM published_event
      JOIN unnest(?::text[], ?::text[]) AS u (principal, event_id) USING (principal, event_id)""";

  private EventIds() {}

  /** So many revisions, growing. */
  static List<Long> draw(Connection connection, int count) throws SQLException {
    List<Long> revisions = new ArrayList<>(count);
    try (PreparedStatement statement = connection.prepareStatement(DRAW)) {
      statement.setInt(1, count);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          revisions.add(row.getLong(1));
        }
      }
    }
    revisions.sort(null);
    return revisions;
  }

  /** Claims the ids that are free. Gives the revision that each id stands for from now on. */
  static Map<Id, Long> claim(Connection connection, List<NewEvent> events) throws SQLException {
    // in one order on every node, because a claim waits for another transaction's of the same id
    Map<Id, Long> wanted = new TreeMap<>();
    events.forEach(e -> e.id().ifPresent(id -> wanted.putIfAbsent(id, e.revision())));
    if (wanted.isEmpty()) {
      return Map.of();
    }
    List<Id> ids = List.copyOf(wanted.keySet());
    try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      bind(statement, ids);
      statement.setArray(3, connection.createArrayOf("int8", wanted.values().toArray()));
      statement.executeUpdate();
    }
    return find(connection, ids);
  }

  private static Map<Id, Long> find(Connection connection, List<Id> ids) throws SQLException {
    Map<Id, Long> kept = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      bind(statement, ids);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          kept.put(new Id(row.getString(1), row.getString(2)), row.getLong(3));
        }
      }
    }
    return kept;
  }

  private static void bind(PreparedStatement statement, List<Id> ids) throws SQLException {
    Connection connection = statement.getConnection();
    Object[] principals = ids.stream().map(Id::principal).toArray();
    Object[] eventIds = ids.stream().map(Id::eventId).toArray();
    statement.setArray(1, connection.createArrayOf("text", principals));
    statement.setArray(2, connection.createArrayOf("text", eventIds));
  }
}
