package io.tasklane.task.recover;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Priority;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Forgets suspects that have run for long or have ended, and returns to their queues those that
 * stood aside for them. It signals all queues where something waits, also when the time is over for
 * which suspects run alone. The result is 0: it leaves nothing to do. {@link Suspicion} decides the
 * same.
 *
 * @param signals sent to the queues
 */
record ClearSuspects(ReadySignals signals) implements SingleCommand<Integer, Integer> {
  private static final Priority FIRST = new Priority(10);

  /** Whether the suspect {@code s} has ended, or has run so long that it is none any more. */
  private static final String OVER =
      """
      (NOT EXISTS (SELECT FROM task k WHERE k.id = s.task AND k.state < ${FINAL})
        OR EXISTS (SELECT FROM task_lease l JOIN task k ON k.id = l.task
          WHERE l.queue = s.queue AND l.task = s.task AND l.token <> s.token
            AND k.start_time <= clock_timestamp() - interval '${TRIAL} ms'))"""
          .replace("${FINAL}", Integer.toString(TaskState.SUCCEEDED.code()))
          .replace("${TRIAL}", Long.toString(Suspect.TRIAL.toMillis()));

  private static final String UNTOLD =
      "NOT s.told AND s.since <= clock_timestamp() - interval '"
          + Suspect.ALONE.toMillis()
          + " ms'";

  /** Suspects {@code s} that stand aside, on a node that runs none. */
  private static final String ASIDE =
      """
      task_suspect s JOIN task_aside a ON a.queue = s.queue AND a.task = s.task
        JOIN task k ON k.id = s.task JOIN queue_owner o ON o.queue = s.queue
      WHERE a.resource IS NULL AND NOT k.key_waits AND NOT EXISTS (
        SELECT FROM task_suspect b JOIN task_lease l ON l.queue = b.queue AND l.task = b.task
        WHERE l.node = o.node AND l.incarnation = o.incarnation)""";

  static final String PROBE =
      """
      SELECT EXISTS (SELECT FROM task_suspect s WHERE ${OVER} OR ${UNTOLD})
        OR EXISTS (SELECT FROM ${ASIDE})"""
          .replace("${OVER}", OVER)
          .replace("${UNTOLD}", UNTOLD)
          .replace("${ASIDE}", ASIDE);

  private static final String FORGET = "DELETE FROM task_suspect s WHERE " + OVER;
  private static final String TELL = "UPDATE task_suspect s SET told = true WHERE " + UNTOLD;
  private static final String RETURN =
      """
      WITH back AS MATERIALIZED (SELECT a.queue, a.task FROM ${ASIDE}),
      gone AS (
        DELETE FROM task_aside a USING back b WHERE a.queue = b.queue AND a.task = b.task
        RETURNING a.queue, a.rank, a.order_key, a.task)
      INSERT INTO task_ready (queue, rank, order_key, task)
      SELECT queue, rank, order_key, task FROM gone"""
          .replace("${ASIDE}", ASIDE);

  /** What it does, in this order. */
  static final List<String> STEPS = List.of(FORGET, TELL, RETURN);

  private static final String WAITING =
      """
      SELECT o.queue, h.task FROM queue_owner o CROSS JOIN LATERAL (
        SELECT task FROM task_ready r WHERE r.queue = o.queue
        ORDER BY r.queue, r.rank, r.order_key, r.task LIMIT 1) h""";

  @Override
  public CommandOrder order() {
    return CommandOrder.CLEAR_SUSPECTS;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    Connection connection = batch.connection();
    int changed = 0;
    for (String step : STEPS) {
      changed += NamedSql.on(connection, step).update();
    }
    if (changed > 0) {
      NamedSql.on(connection, WAITING)
          .each(
              row -> {
                QueueKey queue = new QueueKey(row.getInt("queue"));
                TaskKey task = new TaskKey(row.getLong("task"));
                batch.afterCommit(() -> signals.ready(queue, task, FIRST));
              });
    }
    return Outcome.done(0);
  }
}
