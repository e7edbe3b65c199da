package io.tasklane.queue.admin;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.task.state.TaskState;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recomputes the order keys of unfinished tasks after their queue's policy has changed, a few at a
 * time in the order of creation. Tasks created since then have the right key already. The command
 * is how many tasks to look at; its result is how many were looked at, 0 if no queue is left.
 */
public final class RekeyTasks implements CommandKind<Integer, Integer> {
  private static final String NEXT =
      "SELECT queue, task FROM queue_rekey ORDER BY queue LIMIT 1 FOR UPDATE SKIP LOCKED";

  /** Takes the locks first, so that the next statement sees rows that nobody moves. */
  private static final String LOOK =
      """
      WITH looked AS MATERIALIZED (
        SELECT id FROM task WHERE queue = ? AND id > ? ORDER BY queue, id LIMIT ?)
      SELECT k.id, k.state < %d AS unfinished FROM looked JOIN task k USING (id)
      ORDER BY k.id FOR UPDATE OF k"""
          .formatted(TaskState.SUCCEEDED.code()); // the final states are this one and those above

  private static final String REKEY =
      """
      WITH old AS MATERIALIZED (
        SELECT k.id, k.queue, k.order_key AS before,
            task_order_key(k.priority, k.create_time, q.aging_ms) AS after
        FROM task k JOIN queue q ON q.id = k.queue WHERE k.id = ANY (?)),
      gone AS (
        DELETE FROM task_ready r USING old o
        WHERE r.queue = o.queue AND r.rank IN (0, 1) AND r.order_key = o.before AND r.task = o.id
          AND o.before <> o.after
        RETURNING r.rank, r.task),
      ready AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT o.queue, g.rank, o.after, o.id FROM gone g JOIN old o ON o.id = g.task),
      aside AS (
        UPDATE task_aside a SET order_key = o.after FROM old o
        WHERE a.queue = o.queue AND a.task = o.id)
      UPDATE task k SET order_key = o.after FROM old o WHERE k.id = o.id AND o.before <> o.after""";
  private static final String MARK = "UPDATE queue_rekey SET task = ? WHERE queue = ?";
  private static final String DONE = "DELETE FROM queue_rekey WHERE queue = ?";

  private record Mark(int queue, long task) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.REKEY_TASKS;
  }

  @Override
  public List<Outcome<Integer>> execute(Batch batch, List<Integer> limits) throws SQLException {
    List<Outcome<Integer>> outcomes = new ArrayList<>();
    for (int limit : limits) {
      Optional<Mark> mark = next(batch.connection());
      outcomes.add(Outcome.done(mark.isEmpty() ? 0 : goOn(batch.connection(), mark.get(), limit)));
    }
    return outcomes;
  }

  private static Optional<Mark> next(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEXT);
        ResultSet row = statement.executeQuery()) {
      return row.next()
          ? Optional.of(new Mark(row.getInt("queue"), row.getLong("task")))
          : Optional.empty();
    }
  }

  private static int goOn(Connection connection, Mark mark, int limit) throws SQLException {
    List<Long> unfinished = new ArrayList<>();
    long last = mark.task();
    int looked = 0;
    try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
      statement.setInt(1, mark.queue());
      statement.setLong(2, mark.task());
      statement.setInt(3, limit);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          looked++;
          last = row.getLong("id");
          if (row.getBoolean("unfinished")) {
            unfinished.add(last);
          }
        }
      }
    }
    rekey(connection, unfinished);
    mark(connection, mark.queue(), last, looked == 0);
    return Math.max(1, looked); // also if this queue is done: there may be another
  }

  private static void rekey(Connection connection, List<Long> tasks) throws SQLException {
    if (tasks.isEmpty()) {
      return;
    }
    Array keys = connection.createArrayOf("int8", tasks.toArray());
    try (PreparedStatement statement = connection.prepareStatement(REKEY)) {
      statement.setArray(1, keys);
      statement.executeUpdate();
    }
  }

  private static void mark(Connection connection, int queue, long task, boolean through)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(through ? DONE : MARK)) {
      if (!through) {
        statement.setLong(1, task);
      }
      statement.setInt(through ? 1 : 2, queue);
      statement.executeUpdate();
    }
  }
}
