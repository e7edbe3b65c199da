package io.tasklane.trigger;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Reads triggers.
 *
 * @param connection to read on
 */
record TriggerReader(Connection connection) {
  private static final String SELECT = "SELECT " + TriggerRow.COLUMNS + " FROM event_trigger ";

  /** The trigger with this final part of the name. */
  Optional<TriggerRow> find(String triggerId) throws SQLException {
    return NamedSql.on(connection, SELECT + "WHERE name = :name")
        .set("name", triggerId)
        .first(TriggerRow::read);
  }

  /**
   * The trigger with this final part of the name.
   *
   * @throws Refusal NOT_FOUND: TRIGGER_NOT_FOUND
   */
  TriggerRow require(String triggerId) throws SQLException {
    return find(triggerId).orElseThrow(() -> notFound(triggerId));
  }

  /** The same, locked until the transaction ends. */
  Optional<TriggerRow> lock(String triggerId) throws SQLException {
    return NamedSql.on(connection, SELECT + "WHERE name = :name FOR NO KEY UPDATE")
        .set("name", triggerId)
        .first(TriggerRow::read);
  }

  /** All that are enabled, locked in the order of their keys. */
  List<TriggerRow> lockEnabled() throws SQLException {
    return NamedSql.on(connection, SELECT + "WHERE NOT disabled ORDER BY id FOR NO KEY UPDATE")
        .list(TriggerRow::read);
  }

  /** Triggers in the order of their names, after this one, at most so many. */
  List<TriggerRow> list(String after, int limit) throws SQLException {
    return NamedSql.on(connection, SELECT + "WHERE name > :after ORDER BY name LIMIT :limit")
        .set("after", after)
        .set("limit", limit)
        .list(TriggerRow::read);
  }

  static Refusal notFound(String triggerId) {
    return Refusal.notFound(
        RefusalReason.TRIGGER_NOT_FOUND, "triggers/" + triggerId, "does not exist");
  }
}
