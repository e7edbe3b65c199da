package io.tasklane.queue.dispatch;

import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;

/**
 * Checks whether something is ready, without a transaction of its own.
 *
 * @param database where to look
 */
public record WaitingTasks(Database database) {
  // in the order of the index: otherwise a table that was long and is empty now is read from end to
  // end
  private static final String READY =
      """
      SELECT (SELECT task FROM task_ready WHERE queue = :queue
        ORDER BY queue, rank, order_key, task LIMIT 1) IS NOT NULL""";

  /** Whether this queue has a ready task. */
  public boolean isReady(QueueKey queue) {
    return database.with(
        c -> NamedSql.on(c, READY).set("queue", queue).one(row -> row.getBoolean(1)));
  }
}
