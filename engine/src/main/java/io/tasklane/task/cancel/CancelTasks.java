package io.tasklane.task.cancel;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.database.Rows;
import io.tasklane.dependency.EndedTask;
import io.tasklane.ordering.OrderingGates;
import io.tasklane.task.Actor;
import io.tasklane.task.Task;
import io.tasklane.task.end.EndedRows;
import io.tasklane.task.end.TaskEnds;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.row.TaskReader;
import io.tasklane.task.row.TaskRows;
import io.tasklane.task.row.WaitingRows;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cancels tasks: a waiting task ends at once, a running one is asked to stop. */
public final class CancelTasks implements CommandKind<CancelTasks.Cancel, Task> {
  /**
   * A request to cancel a task.
   *
   * @param taskId final part of the task's name
   * @param actor who, and why
   * @param force whether to interrupt a running handler at once
   */
  public record Cancel(String taskId, Actor actor, boolean force) {}

  private record Seen(long id, TaskState state, long moveXid) {}

  private static final String UNREADY =
      """
      WITH k AS MATERIALIZED (SELECT id, queue, order_key FROM task WHERE name = ?)
      DELETE FROM task_ready WHERE queue = (SELECT queue FROM k) AND rank IN (0, 1)
        AND order_key = (SELECT order_key FROM k) AND task = (SELECT id FROM k)""";
  private static final String UNASIDE =
      """
      WITH k AS MATERIALIZED (SELECT id, queue FROM task WHERE name = ?)
      DELETE FROM task_aside
      WHERE queue = (SELECT queue FROM k) AND task = (SELECT id FROM k)""";
  private static final String KEY =
      "SELECT ordering_key FROM task WHERE name = ? AND ordering_key IS NOT NULL";
  private static final String SEE =
      "SELECT id, state, move_xid FROM task WHERE name = ? FOR UPDATE";
  private static final String MOVE =
      """
      %1$s,
      old AS MATERIALIZED (SELECT id, state, state_time FROM task WHERE id = ?),
      moved AS (
        UPDATE task k SET %5$s, cancel_principal = ?, cancel_reason = ?,
            cancel_forced = ?, end_time = CASE WHEN ? THEN t.at END, next_attempt_time = NULL
        FROM old, t WHERE k.id = (SELECT id FROM old)
        RETURNING k.*, old.state AS from_state, old.state_time AS since, ? AS move,
            k.cancel_principal AS actor, CASE WHEN k.cancel_forced THEN 'force' END AS data),
      %3$s,
      %2$s
      SELECT %4$s, m.resource_units IS NOT NULL AS holds_units, m.listeners
      FROM moved m JOIN queue q ON q.id = m.queue"""
          .formatted(
              TaskMoves.NOW,
              TaskMoves.LOGGED,
              TaskMoves.DEDUPLICATED,
              TaskRows.columns("m", "q.name"),
              TaskMoves.to("?"));

  private final TaskEnds ends;

  /** Runs the listeners of cancelled tasks with this. */
  public CancelTasks(TaskEnds ends) {
    this.ends = ends;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.CANCEL_TASKS;
  }

  @Override
  public List<Outcome<Task>> execute(Batch batch, List<Cancel> cancels) throws SQLException {
    List<Outcome<Task>> outcomes = new ArrayList<>();
    for (Cancel cancel : cancels) {
      outcomes.add(cancel(batch, cancel));
    }
    return outcomes;
  }

  private Outcome<Task> cancel(Batch batch, Cancel cancel) throws SQLException {
    Connection connection = batch.connection();
    lockGate(connection, cancel.taskId());
    boolean waited =
        update(connection, UNREADY, cancel.taskId()) + update(connection, UNASIDE, cancel.taskId())
            == 1;
    Optional<Seen> seen = see(connection, cancel.taskId());
    if (seen.isEmpty()) {
      return Outcome.refused(TaskReader.notFound(cancel.taskId()));
    }
    TaskState state = seen.get().state();
    if (state == TaskState.CANCELLING || state == TaskState.CANCELLED) {
      return Outcome.done(new TaskReader(connection).require(cancel.taskId()));
    }
    Optional<Move> move = moveOutOf(state);
    if (move.isEmpty()) {
      return Outcome.refused(ended(cancel.taskId(), state));
    }
    if (seen.get().moveXid() > batch.transaction() || waited != (state == TaskState.QUEUED)) {
      // the task moved meanwhile; the rollback restores what was removed above
      throw Again.because("task " + seen.get().id() + " moved meanwhile");
    }
    if (state != TaskState.QUEUED) {
      WaitingRows.remove(connection, seen.get().id(), state);
    }
    return Outcome.done(move(batch, seen.get(), move.get(), cancel));
  }

  private static Optional<Move> moveOutOf(TaskState state) {
    if (MoveTable.STANDARD.next(state, Move.REQUEST_CANCEL).isPresent()) {
      return Optional.of(Move.REQUEST_CANCEL);
    }
    return MoveTable.STANDARD.next(state, Move.CANCEL).map(to -> Move.CANCEL);
  }

  private static Optional<Seen> see(Connection connection, String taskId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SEE)) {
      statement.setString(1, taskId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Seen(row.getLong(1), TaskState.of(row.getInt(2)), row.getLong(3)))
            : Optional.empty();
      }
    }
  }

  private Task move(Batch batch, Seen seen, Move move, Cancel cancel) throws SQLException {
    TaskState to = MoveTable.STANDARD.require(seen.state(), move);
    Task moved;
    Optional<EndedTask> ended = Optional.empty();
    try (PreparedStatement statement = batch.connection().prepareStatement(MOVE)) {
      statement.setLong(1, seen.id());
      statement.setInt(2, to.code());
      statement.setString(3, cancel.actor().principal());
      statement.setString(4, Rows.storable(cancel.actor().reason()));
      statement.setBoolean(5, cancel.force());
      statement.setBoolean(6, to.isFinal());
      statement.setInt(7, move.code());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        moved = TaskRows.read(row);
        if (to.isFinal()) {
          ended = Optional.of(EndedRows.read(row));
        }
      }
    }
    ends.after(batch, ended.stream().toList());
    return moved;
  }

  /** Locks the gate before the task's row, as everywhere, so that no two transactions deadlock. */
  private static void lockGate(Connection connection, String taskId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEY)) {
      statement.setString(1, taskId);
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          OrderingGates.lock(connection, row.getString(1));
        }
      }
    }
  }

  private static int update(Connection connection, String sql, String taskId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, taskId);
      return statement.executeUpdate();
    }
  }

  private static Refusal ended(String taskId, TaskState state) {
    return Refusal.of(
        Refusal.Sort.FAILED_PRECONDITION,
        "TASK_ENDED",
        "tasks/" + taskId,
        "tasks/" + taskId + " is " + state + " and cannot be cancelled any more");
  }
}
