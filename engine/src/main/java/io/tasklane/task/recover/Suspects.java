package io.tasklane.task.recover;

import static io.tasklane.database.Rows.instant;

import io.tasklane.database.NamedSql;
import io.tasklane.key.FencingToken;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The suspects, as the owner of one queue sees them.
 *
 * @param queue key of that queue
 * @param all of them, on whatever node
 * @param othersRun whether its owner runs anything
 * @param at the database's present
 */
record Suspects(QueueKey queue, List<Suspect> all, boolean othersRun, Instant at) {
  private static final String SQL =
      """
      WITH me AS (
        SELECT o.queue, o.node, o.incarnation FROM task k JOIN queue_owner o ON o.queue = k.queue
        WHERE k.id = :task)
      SELECT clock_timestamp() AS at, me.queue AS mine, s.task, s.queue, s.token, s.since,
          coalesce(k.start_time, s.since) AS start_time, k.state, l.token AS lease,
          l.node = me.node AND l.incarnation = me.incarnation AS leased_here,
          o.node = me.node AND o.incarnation = me.incarnation AS owned_here,
          EXISTS (SELECT FROM task_lease b
            WHERE b.node = me.node AND b.incarnation = me.incarnation) AS others_run
      FROM me CROSS JOIN task_suspect s
      JOIN task k ON k.id = s.task
      LEFT JOIN task_lease l ON l.queue = s.queue AND l.task = s.task
      LEFT JOIN queue_owner o ON o.queue = s.queue""";

  /** As the owner of this task's queue sees them. */
  static Suspects of(Connection connection, TaskKey task) throws SQLException {
    Facts facts = new Facts();
    List<Suspect> all =
        NamedSql.on(connection, SQL)
            .set("task", task)
            .list(
                row -> {
                  facts.read(row);
                  return suspect(row);
                });
    return new Suspects(facts.queue, all, facts.othersRun, facts.at);
  }

  /** What is the same in all rows. */
  private static final class Facts {
    private QueueKey queue = new QueueKey(0);
    private boolean othersRun;
    private Instant at = Instant.EPOCH;

    void read(ResultSet row) throws SQLException {
      queue = new QueueKey(row.getInt("mine"));
      othersRun = row.getBoolean("others_run");
      at = instant(row, "at").orElseThrow();
    }
  }

  private static Suspect suspect(ResultSet row) throws SQLException {
    FencingToken lost = new FencingToken(row.getLong("token"));
    return new Suspect(
        new TaskKey(row.getLong("task")),
        new QueueKey(row.getInt("queue")),
        lost,
        instant(row, "since").orElseThrow(),
        Suspect.Place.of(
            TaskState.of(row.getInt("state")),
            lost,
            lease(row),
            row.getBoolean("leased_here"),
            row.getBoolean("owned_here")),
        instant(row, "start_time").orElseThrow());
  }

  private static Optional<FencingToken> lease(ResultSet row) throws SQLException {
    long token = row.getLong("lease");
    return row.wasNull() ? Optional.empty() : Optional.of(new FencingToken(token));
  }

  /** Whether this head of the queue may start. */
  Turn turn(TaskKey task) {
    return Turn.of(task, queue, all, othersRun, at);
  }
}
