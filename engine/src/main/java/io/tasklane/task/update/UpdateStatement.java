package io.tasklane.task.update;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.key.QueueKey;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.row.TaskRows;
import io.tasklane.task.row.WaitingRows;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** The statements that change one waiting task whose row is locked. */
final class UpdateStatement {
  private static final String FORGET_DEADLINES = "DELETE FROM task_deadline WHERE task = :task";
  private static final String FORGET_LABELS =
      """
      DELETE FROM task_label w USING task k, jsonb_each_text(k.labels) l
      WHERE k.id = :task AND w.key = l.key AND w.value = l.value AND w.task = k.id""";

  /** Whether the start time has not come yet, as {@link StartConditions#isLater} decides it. */
  static final String LATER = "coalesce(run_after > seen.at, false)";

  private static final String CHANGE =
      """
      %1$s,
      old AS MATERIALIZED (
        SELECT id, state, state_time, priority FROM task WHERE id = :task),
      wanted AS (SELECT :priority::smallint AS priority),
      moved AS (
        UPDATE task k SET priority = w.priority,
            order_key = task_order_key(w.priority, k.create_time,
              (SELECT q.aging_ms FROM queue q WHERE q.id = k.queue)),
            run_after = :run_after, expire_time = :expire_time, labels = :labels::jsonb,
            %9$s
        FROM old, t, wanted w WHERE k.id = old.id
        RETURNING k.*, old.state AS from_state, old.state_time AS since, %2$d AS move,
            :actor AS actor, old.priority::text AS data),
      seen AS (SELECT :at::timestamptz AS at, :rank::smallint AS rank),
      ready AS (
        INSERT INTO task_ready (queue, rank, order_key, task)
        SELECT queue, seen.rank, order_key, id FROM moved, seen
        WHERE state = %3$d AND NOT key_waits AND NOT %10$s),
      aside AS (
        INSERT INTO task_aside (queue, task, rank, order_key)
        SELECT queue, id, seen.rank, order_key FROM moved, seen
        WHERE state = %3$d AND key_waits AND NOT %10$s),
      resting AS (
        INSERT INTO task_due (due, task)
        SELECT coalesce(next_attempt_time, run_after), id FROM moved, seen
        WHERE state = %4$d OR state = %5$d AND (next_attempt_time IS NOT NULL OR %10$s)),
      blocked AS (
        INSERT INTO task_blocked (queue, task)
        SELECT queue, id FROM moved WHERE state = %6$d),
      expiring AS (
        INSERT INTO task_deadline (due, task)
        SELECT CASE WHEN limited THEN seen.at ELSE expire_time END, id
        FROM moved, seen,
          LATERAL (SELECT queue_timeout_ms IS NOT NULL OR total_timeout_ms IS NOT NULL) l (limited)
        WHERE limited OR expire_time IS NOT NULL AND start_time IS NULL),
      labelled AS (
        INSERT INTO task_label (key, value, task)
        SELECT l.key, l.value, m.id FROM moved m, jsonb_each_text(m.labels) l),
      %7$s
      SELECT %8$s, m.queue FROM moved m JOIN queue q ON q.id = m.queue"""
          .formatted(
              TaskMoves.NOW,
              Move.UPDATE.code(),
              TaskState.QUEUED.code(),
              TaskState.RETRY_WAIT.code(),
              TaskState.SCHEDULED.code(),
              TaskState.BLOCKED.code(),
              TaskMoves.LOGGED,
              TaskRows.columns("m", "q.name"),
              TaskMoves.CHANGED,
              LATER);
  private static final String MOVE =
      """
      %1$s,
      old AS MATERIALIZED (SELECT id, state, state_time FROM task WHERE id = :task),
      moved AS (
        UPDATE task k SET %7$s
        FROM old, t WHERE k.id = old.id
        RETURNING k.*, old.state AS from_state, old.state_time AS since, :move AS move,
            :actor AS actor, NULL AS data),
      %5$s,
      later AS (
        INSERT INTO task_due (due, task)
        SELECT run_after, id FROM moved WHERE state = %3$d),
      %4$s
      SELECT %6$s, m.queue FROM moved m JOIN queue q ON q.id = m.queue"""
          .formatted(
              TaskMoves.NOW,
              TaskState.QUEUED.code(),
              TaskState.SCHEDULED.code(),
              TaskMoves.LOGGED,
              TaskMoves.READY,
              TaskRows.columns("m", "q.name"),
              TaskMoves.to(":to"));

  private static final int FRESH = 1;

  private final Connection connection;
  private final UpdateTasks.Update update;
  private final Task before;
  private QueueKey queueKey;

  UpdateStatement(Connection connection, UpdateTasks.Update update, Task before) {
    this.connection = connection;
    this.update = update;
    this.before = before;
  }

  /** Key of the task's queue, known after the change. */
  QueueKey queueKey() {
    return queueKey;
  }

  /**
   * Writes the new values; the task keeps its state and moves to its new place.
   *
   * @param at the instant that decides whether the new time has come
   */
  Task change(Instant at) throws SQLException {
    int rank = WaitingRows.rank(connection, before.id()).orElse(FRESH);
    WaitingRows.remove(connection, before.id(), before.state());
    if (before.start().expireTime().isPresent() || before.timeouts().limitWaiting()) {
      of(FORGET_DEADLINES).update(); // an immediate check finds when the new limits begin to count
    }
    of(FORGET_LABELS).update();
    return of(CHANGE)
        .set("priority", update.change().priorityFor(before).value())
        .set("run_after", at(update.change().startFor(before).runAfter()))
        .set("expire_time", at(update.change().startFor(before).expireTime()))
        .set("labels", JsonColumns.labels(update.change().labelsFor(before)))
        .set("actor", update.principal())
        .set("at", Timestamp.from(at))
        .set("rank", rank)
        .one(this::read);
  }

  /** Makes the move that a new start time causes, after the change itself. */
  Task move(Move move, TaskState to) throws SQLException {
    return of(MOVE)
        .set("to", to.code())
        .set("move", move.code())
        .set("actor", update.principal())
        .one(this::read);
  }

  private Parameters of(String sql) throws SQLException {
    return NamedSql.on(connection, sql).set("task", before.id());
  }

  private Task read(ResultSet row) throws SQLException {
    queueKey = new QueueKey(row.getInt("queue"));
    return TaskRows.read(row);
  }

  private static Timestamp at(Optional<Instant> time) {
    return time.map(Timestamp::from).orElse(null);
  }
}
