package io.tasklane.worker;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.type.Handlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Returns tasks to their queues that stood aside because nothing served their type, once something
 * does. The command is the maximum number of tasks of each queue and type; the result is the
 * largest number of them.
 */
public final class ReturnUnserved implements SingleCommand<Integer, Integer> {
  private static final String SERVED =
      """
      SELECT u.queue, u.task_type FROM unserved u
      JOIN LATERAL (SELECT u.task_type, q.name AS queue_name FROM queue q WHERE q.id = u.queue) of
        ON true
      WHERE ${HANDLED} OR EXISTS (SELECT FROM worker w WHERE ${SERVED})"""
          .replace("${SERVED}", Served.BY_WORKER);

  private static final String RETURN =
      """
      WITH back AS MATERIALIZED (
        SELECT a.queue, a.task FROM task_aside a
        WHERE a.queue = :queue AND a.unserved = :type
        ORDER BY a.queue, a.unserved, a.rank, a.order_key, a.task LIMIT :limit
        FOR UPDATE SKIP LOCKED),
      gone AS (
        DELETE FROM task_aside a USING back b WHERE a.queue = b.queue AND a.task = b.task
        RETURNING a.queue, a.rank, a.order_key, a.task)
      INSERT INTO task_ready (queue, rank, order_key, task)
      SELECT queue, rank, order_key, task FROM gone""";

  private static final String FORGET =
      """
      DELETE FROM unserved WHERE queue = :queue AND task_type = :type AND NOT EXISTS (
        SELECT FROM task_aside a WHERE a.queue = :queue AND a.unserved = :type)""";

  private record Waiting(QueueKey queue, String type) {}

  private final String served;
  private final ReadySignals signals;

  /** Of types that these handlers or some worker serve. */
  public ReturnUnserved(Handlers handlers, ReadySignals signals) {
    this.served = SERVED.replace("${HANDLED}", Served.byHandlers(handlers, "u.task_type"));
    this.signals = signals;
  }

  /** SQL: whether there is anything to do. */
  public String probe() {
    return "SELECT EXISTS (" + served + ")";
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.RETURN_UNSERVED;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    Connection connection = batch.connection();
    List<Waiting> all =
        NamedSql.on(connection, served)
            .list(row -> new Waiting(new QueueKey(row.getInt(1)), row.getString(2)));
    int most = 0;
    for (Waiting one : all) {
      int moved =
          NamedSql.on(connection, RETURN)
              .set("queue", one.queue())
              .set("type", one.type())
              .set("limit", limit)
              .update();
      NamedSql.on(connection, FORGET).set("queue", one.queue()).set("type", one.type()).update();
      batch.afterCommit(() -> signals.look(one.queue()));
      most = Math.max(most, moved);
    }
    return Outcome.done(most);
  }
}
