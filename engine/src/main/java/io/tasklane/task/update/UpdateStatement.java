package io.tasklane.task.update;

import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.row.TaskRows;
import io.tasklane.task.row.WaitingRows;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** The statements that change one waiting task whose row is locked. */
final class UpdateStatement {
  private static final String FORGET_DEADLINES = "DELETE FROM task_deadline WHERE task = ?";
  private static final String FORGET_LABELS =
      """
      DELETE FROM task_label w USING task k, jsonb_each_text(k.labels) l
      WHERE k.id = ? AND w.key = l.key AND w.value = l.value AND w.task = k.id""";

  /** Whether the start time has not come yet, as {@link StartConditions#isLater} decides it. */
  static final String LATER = "coalesce(run_after > seen.at, false)";

  private static final String CHANGE =
      """
      %1$s,
      old AS MATERIALIZED (
        SELECT id, state, state_time, priority FROM task WHERE id = ?),
      wanted AS (SELECT ?::smallint AS priority),
      moved AS (
        UPDATE task k SET priority = w.priority,
            order_key = task_order_key(w.priority, k.create_time,
              (SELECT q.aging_ms FROM queue q WHERE q.id = k.queue)),
            run_after = ?, expire_time = ?, labels = ?::jsonb,
            %9$s
        FROM old, t, wanted w WHERE k.id = old.id
        RETURNING k.*, old.state AS from_state, old.state_time AS since, %2$d AS move,
            ? AS actor, old.priority::text AS data),
      seen AS (SELECT ?::timestamptz AS at, ?::smallint AS rank),
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
        SELECT CASE state WHEN %4$d THEN next_attempt_time ELSE run_after END, id FROM moved, seen
        WHERE state = %4$d OR state = %5$d AND %10$s),
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
      old AS MATERIALIZED (SELECT id, state, state_time FROM task WHERE id = ?),
      moved AS (
        UPDATE task k SET %7$s
        FROM old, t WHERE k.id = old.id
        RETURNING k.*, old.state AS from_state, old.state_time AS since, ? AS move, ? AS actor,
            NULL AS data),
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
              TaskMoves.to("?"));

  private static final int FRESH = 1;

  private final Connection connection;
  private final UpdateTasks.Update update;
  private final Task before;
  private int queueKey;

  UpdateStatement(Connection connection, UpdateTasks.Update update, Task before) {
    this.connection = connection;
    this.update = update;
    this.before = before;
  }

  /** Key of the task's queue, known after the change. */
  int queueKey() {
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
      forget(FORGET_DEADLINES); // an immediate check finds when the new limits begin to count
    }
    forget(FORGET_LABELS);
    try (PreparedStatement statement = connection.prepareStatement(CHANGE)) {
      statement.setLong(1, before.id());
      statement.setInt(2, update.change().priorityFor(before).value());
      statement.setTimestamp(3, at(update.change().startFor(before).runAfter()));
      statement.setTimestamp(4, at(update.change().startFor(before).expireTime()));
      statement.setString(5, JsonColumns.labels(update.change().labelsFor(before)));
      statement.setString(6, update.principal());
      statement.setTimestamp(7, Timestamp.from(at));
      statement.setInt(8, rank);
      return read(statement);
    }
  }

  /** Makes the move that a new start time causes, after the change itself. */
  Task move(Task changed, Move move, TaskState to) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      statement.setLong(1, changed.id());
      statement.setInt(2, to.code());
      statement.setInt(3, move.code());
      statement.setString(4, update.principal());
      return read(statement);
    }
  }

  private void forget(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, before.id());
      statement.executeUpdate();
    }
  }

  private Task read(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      queueKey = row.getInt("queue");
      return TaskRows.read(row);
    }
  }

  private static Timestamp at(Optional<Instant> time) {
    return time.map(Timestamp::from).orElse(null);
  }
}
