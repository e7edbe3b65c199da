package io.tasklane.retention;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Removes tasks that ended long enough ago, with everything that belongs to them; {@link
 * Retention#removes} decides the same. It reads tasks in the order of creation and stops at the
 * first task that is too young, so it reads little more than it removes, and needs no index on the
 * end time.
 */
final class EndedTasks implements Sweep {
  private static final int AT_ONCE = 500;

  static final String LOOKED =
      """
      WITH t AS MATERIALIZED (
        SELECT clock_timestamp() AS at, pg_current_xact_id()::text::bigint AS xid,
            clock_timestamp() - :tasks_age * interval '1 ms' AS tasks_before,
            clock_timestamp() - :letters_age * interval '1 ms' AS letters_before),
      looked AS MATERIALIZED (
        SELECT id, create_time FROM task WHERE id > :position ORDER BY id LIMIT %d)"""
          .formatted(AT_ONCE);

  /** The final states are from SUCCEEDED on. */
  static final String LOCK =
      LOOKED
          + """

          SELECT t.at, ARRAY(
            SELECT k.id FROM looked JOIN task k USING (id)
            WHERE k.state >= %d AND k.end_time < t.tasks_before
            FOR UPDATE OF k SKIP LOCKED)
          FROM t"""
              .formatted(TaskState.SUCCEEDED.code());

  static final String REMOVE =
      """
      ,
      old AS MATERIALIZED (
        SELECT k.id FROM task k, t
        WHERE k.id = ANY (:ids)
          AND NOT EXISTS (
            SELECT FROM dead_letter d WHERE d.task = k.id AND d.create_time >= t.letters_before)
          AND NOT (%2$s)),
      gone AS (
        DELETE FROM task k USING old WHERE k.id = old.id
        RETURNING k.id, k.queue, k.state, k.labels),
      attempts AS (
        DELETE FROM task_attempt a USING gone WHERE a.task = gone.id),
      ends AS (
        DELETE FROM task_end e USING gone
        WHERE e.queue = gone.queue AND e.state = gone.state AND e.task = gone.id),
      labelled AS (
        DELETE FROM task_label w USING gone, jsonb_each_text(gone.labels) l
        WHERE w.key = l.key AND w.value = l.value AND w.task = gone.id),
      letters AS (
        DELETE FROM dead_letter d USING gone WHERE d.task = gone.id RETURNING d.task),
      needs AS (
        DELETE FROM task_need n USING gone WHERE n.need = gone.id),
      deadlines AS (
        DELETE FROM task_deadline d USING gone WHERE d.task = gone.id),
      checkpoints AS (
        DELETE FROM task_checkpoint c USING gone WHERE c.task = gone.id),
      logs AS (
        DELETE FROM task_log g USING gone WHERE g.task = gone.id),
      steps AS (
        DELETE FROM task_step s USING gone WHERE s.task = gone.id),
      waits AS (
        DELETE FROM step_wait w USING gone WHERE w.task = gone.id),
      later AS (
        DELETE FROM result_later l USING gone WHERE l.task = gone.id),
      logged AS (
        INSERT INTO task_event (xid, seq, time, queue, kind, to_state, version, subject, actor,
            data)
        SELECT t.xid, nextval('event_seq'), t.at, g.queue, 5, g.state, g.count,
            'queues/' || q.name, 'system:clean-up', g.letters::text
        FROM (SELECT queue, state, count(*)::int, count(letters.task) AS letters
              FROM gone LEFT JOIN letters ON letters.task = gone.id GROUP BY queue, state) g
          JOIN queue q ON q.id = g.queue, t)
      SELECT (SELECT max(id) FROM looked) AS last, (SELECT count(*) FROM gone) AS tasks,
          (SELECT count(*) FROM letters) AS letters,
          (SELECT count(*) = %1$d AND max(create_time) < max(t.tasks_before) FROM looked, t) AS more
      """
          .formatted(AT_ONCE, StillNeeded.OF_K);

  private final Duration tasks;
  private final Duration deadLetters;
  private long position;

  /**
   * Removes tasks that ended this long ago; a task with a dead letter only if that is old enough
   * too.
   */
  EndedTasks(Duration tasks, Duration deadLetters) {
    this.tasks = tasks;
    this.deadLetters = deadLetters;
  }

  @Override
  public boolean next(Connection connection, RemovalCounts counts) throws SQLException {
    return LockedTasks.with(connection, this::lock, (c, locked) -> remove(c, locked, counts));
  }

  private LockedTasks lock(Connection connection) throws SQLException {
    return looked(connection, LOCK).one(LockedTasks::read);
  }

  private boolean remove(Connection connection, LockedTasks locked, RemovalCounts counts)
      throws SQLException {
    return looked(connection, LOOKED + REMOVE)
        .set("ids", "int8", locked.ids())
        .one(
            row -> {
              position = row.getLong("last");
              counts.add(Removed.TASKS, row.getLong("tasks"));
              counts.add(Removed.DEAD_LETTERS, row.getLong("letters"));
              return row.getBoolean("more");
            });
  }

  private Parameters looked(Connection connection, String sql) throws SQLException {
    return NamedSql.on(connection, sql)
        .set("tasks_age", tasks.toMillis())
        .set("letters_age", deadLetters.toMillis())
        .set("position", position);
  }
}
