package io.tasklane.batch;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.ordering.OrderingGates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Locks the rows of many tasks that are about to be changed in one transaction, in the order in
 * which all commands do: gates, then task_ready, then task. It waits for no other transaction but
 * at the gates, and so neither deadlocks with a claim nor meets a row that is newer than the
 * transaction.
 */
final class TaskLocks {
  private static final String KEYS =
      """
      SELECT DISTINCT ordering_key FROM task
      WHERE name = ANY (:names) AND ordering_key IS NOT NULL ORDER BY ordering_key""";
  private static final String IS_READY =
      """
      r.queue = k.queue AND r.rank IN (0, 1) AND r.order_key = k.order_key AND r.task = k.id""";
  private static final String READY =
      """
      SELECT k.name FROM task k JOIN task_ready r ON %s
      WHERE k.name = ANY (:names) ORDER BY k.id FOR UPDATE OF r SKIP LOCKED"""
          .formatted(IS_READY);
  private static final String TASKS =
      """
      SELECT k.name, EXISTS (SELECT FROM task_ready r WHERE %s) AS ready FROM task k
      WHERE k.name = ANY (:names) AND k.move_xid <= :transaction
      ORDER BY k.id FOR UPDATE SKIP LOCKED"""
          .formatted(IS_READY);
  private static final String EXIST = "SELECT name FROM task WHERE name = ANY (:names)";

  private TaskLocks() {}

  /** The first of these tasks, up to the one that somebody else changes just now. */
  static List<String> lock(Batch batch, List<String> names) throws SQLException {
    Connection connection = batch.connection();
    for (String key :
        NamedSql.on(connection, KEYS).set("names", "text", names).list(row -> row.getString(1))) {
      OrderingGates.lock(connection, key);
    }
    Set<String> ready = names(connection, READY, names);
    Set<String> busy = names(connection, EXIST, names);
    Set<String> free = new HashSet<>();
    NamedSql.on(connection, TASKS)
        .set("names", "text", names)
        .set("transaction", batch.transaction())
        .each(
            row -> {
              if (!row.getBoolean("ready") || ready.contains(row.getString("name"))) {
                free.add(row.getString("name"));
              }
            });
    busy.removeAll(free);
    return names.stream().takeWhile(name -> !busy.contains(name)).toList();
  }

  private static Set<String> names(Connection connection, String sql, List<String> names)
      throws SQLException {
    return new HashSet<>(
        NamedSql.on(connection, sql).set("names", "text", names).list(row -> row.getString(1)));
  }
}
