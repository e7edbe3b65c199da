package io.tasklane.queue.admin;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Recomputes the order keys of unfinished tasks after their queue's policy has changed, a few at a
 * time in the order of creation. Tasks created since then have the right key already. The command
 * is how many tasks to look at; its result is how many were looked at, 0 if no queue is left.
 */
public final class RekeyTasks implements SingleCommand<Integer, Integer> {
  private static final String NEXT =
      "SELECT queue, task FROM queue_rekey ORDER BY queue LIMIT 1 FOR UPDATE SKIP LOCKED";

  /** Takes the locks first, so that the next statement sees rows that nobody moves. */
  private static final String LOOK =
      """
      WITH looked AS MATERIALIZED (
        SELECT id FROM task WHERE queue = :queue AND id > :after ORDER BY queue, id LIMIT :limit)
      SELECT k.id, k.state < %d AS unfinished FROM looked JOIN task k USING (id)
      ORDER BY k.id FOR UPDATE OF k"""
          .formatted(TaskState.SUCCEEDED.code()); // the final states are this one and those above

  private static final String REKEY =
      """
      WITH old AS MATERIALIZED (
        SELECT k.id, k.queue, k.order_key AS before,
            task_order_key(k.priority, k.create_time, q.aging_ms) AS after
        FROM task k JOIN queue q ON q.id = k.queue WHERE k.id = ANY (:tasks)),
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
  private static final String MARK = "UPDATE queue_rekey SET task = :task WHERE queue = :queue";
  private static final String DONE = "DELETE FROM queue_rekey WHERE queue = :queue";

  private record Mark(QueueKey queue, TaskKey task) {}

  private record Looked(TaskKey task, boolean unfinished) {}

  @Override
  public CommandOrder order() {
    return CommandOrder.REKEY_TASKS;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    Optional<Mark> mark =
        NamedSql.on(batch.connection(), NEXT)
            .first(
                row ->
                    new Mark(new QueueKey(row.getInt("queue")), new TaskKey(row.getLong("task"))));
    return Outcome.done(mark.isEmpty() ? 0 : goOn(batch.connection(), mark.get(), limit));
  }

  private static int goOn(Connection connection, Mark mark, int limit) throws SQLException {
    List<Looked> looked =
        NamedSql.on(connection, LOOK)
            .set("queue", mark.queue())
            .set("after", mark.task())
            .set("limit", limit)
            .list(row -> new Looked(new TaskKey(row.getLong("id")), row.getBoolean("unfinished")));
    if (looked.isEmpty()) {
      NamedSql.on(connection, DONE).set("queue", mark.queue()).update();
      return 1; // there may be another queue
    }
    List<TaskKey> unfinished =
        looked.stream().filter(Looked::unfinished).map(Looked::task).toList();
    if (!unfinished.isEmpty()) {
      NamedSql.on(connection, REKEY).set("tasks", "int8", unfinished).update();
    }
    NamedSql.on(connection, MARK)
        .set("task", looked.get(looked.size() - 1).task())
        .set("queue", mark.queue())
        .update();
    return looked.size();
  }
}
