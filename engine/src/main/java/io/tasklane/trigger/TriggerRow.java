package io.tasklane.trigger;

import io.tasklane.database.Rows;
import io.tasklane.task.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A row of a trigger.
 *
 * @param id its key
 * @param stored what clients see of it
 * @param since events of later transactions count
 * @param transaction of the last change by a client
 */
record TriggerRow(long id, StoredTrigger stored, long since, long transaction) {
  /** SQL: the columns to read. */
  static final String COLUMNS =
      "id, name, definition, disabled, disable_principal, disable_reason, version, since_xid,"
          + " move_xid, event_count, start_count, fault_count, loop_count, failure_kind,"
          + " failure_code, failure_message, failure_trace, failure_time, last_start_time";

  static TriggerRow read(ResultSet row) throws SQLException {
    Optional<Actor> disabledBy =
        row.getBoolean("disabled")
            ? Optional.of(
                new Actor(row.getString("disable_principal"), row.getString("disable_reason")))
            : Optional.empty();
    TriggerCounts counts =
        new TriggerCounts(
            row.getLong("event_count"),
            row.getLong("start_count"),
            row.getLong("fault_count"),
            row.getLong("loop_count"),
            Rows.failure(row, "failure_time"),
            Rows.instant(row, "last_start_time"));
    return new TriggerRow(
        row.getLong("id"),
        new StoredTrigger(
            TriggerJson.read(row.getString("name"), row.getString("definition")),
            disabledBy,
            counts,
            row.getInt("version")),
        row.getLong("since_xid"),
        row.getLong("move_xid"));
  }

  Trigger trigger() {
    return stored.trigger();
  }
}
