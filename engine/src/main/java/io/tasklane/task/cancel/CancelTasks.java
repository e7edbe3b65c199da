package io.tasklane.task.cancel;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.database.Rows;
import io.tasklane.dependency.EndedTask;
import io.tasklane.key.TaskKey;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cancels tasks: a waiting task ends at once, a running one is asked to stop. A run that was asked
 * may be cancelled again by force, which ends its grace; the first actor and reason remain.
 *
 * @param ends runs the listeners of cancelled tasks
 */
public record CancelTasks(TaskEnds ends) implements SingleCommand<CancelTasks.Cancel, Task> {
  /**
   * A request to cancel a task.
   *
   * @param taskId final part of the task's name
   * @param actor who, and why
   * @param force whether to interrupt a running handler at once
   */
  public record Cancel(String taskId, Actor actor, boolean force) {}

  private record Seen(TaskKey id, TaskState state, long moveXid, boolean forced) {}

  private static final String UNREADY =
      """
      WITH k AS MATERIALIZED (SELECT id, queue, order_key FROM task WHERE name = :name)
      DELETE FROM task_ready WHERE queue = (SELECT queue FROM k) AND rank IN (0, 1)
        AND order_key = (SELECT order_key FROM k) AND task = (SELECT id FROM k)""";
  private static final String UNASIDE =
      """
      WITH k AS MATERIALIZED (SELECT id, queue FROM task WHERE name = :name)
      DELETE FROM task_aside
      WHERE queue = (SELECT queue FROM k) AND task = (SELECT id FROM k)""";
  private static final String KEY =
      "SELECT ordering_key FROM task WHERE name = :name AND ordering_key IS NOT NULL";
  private static final String SEE =
      "SELECT id, state, move_xid, cancel_forced FROM task WHERE name = :name FOR UPDATE";
  private static final String MOVE =
      """
      %1$s,
      old AS MATERIALIZED (SELECT id, state, state_time FROM task WHERE id = :task),
      moved AS (
        UPDATE task k SET %5$s, cancel_forced = :force,
            cancel_principal = CASE WHEN :again THEN k.cancel_principal ELSE :principal END,
            cancel_reason = CASE WHEN :again THEN k.cancel_reason ELSE :reason END,
            end_time = CASE WHEN :final THEN t.at END, next_attempt_time = NULL
        FROM old, t WHERE k.id = (SELECT id FROM old)
        RETURNING k.*, old.state AS from_state, old.state_time AS since, :move AS move,
            :principal AS actor, CASE WHEN k.cancel_forced AND NOT :final THEN 'force' END AS data),
      %3$s,
      %2$s
      SELECT %4$s, m.resource_units IS NOT NULL AS holds_units, m.listeners
      FROM moved m JOIN queue q ON q.id = m.queue"""
          .formatted(
              TaskMoves.NOW,
              TaskMoves.LOGGED,
              TaskMoves.DEDUPLICATED,
              TaskRows.columns("m", "q.name"),
              // the second cancel of a run changes no state, so the state's time remains
              "state = :to, state_time = CASE WHEN :again THEN k.state_time ELSE t.at END, "
                  + TaskMoves.CHANGED);

  @Override
  public CommandOrder order() {
    return CommandOrder.CANCEL_TASKS;
  }

  @Override
  public Outcome<Task> executeOne(Batch batch, Cancel cancel) throws SQLException {
    Connection connection = batch.connection();
    // before the task's row, as everywhere, so that no two transactions deadlock
    Optional<String> key = of(connection, KEY, cancel).first(row -> row.getString(1));
    if (key.isPresent()) {
      OrderingGates.lock(connection, key.get());
    }
    boolean waited =
        of(connection, UNREADY, cancel).update() + of(connection, UNASIDE, cancel).update() == 1;
    Optional<Seen> seen = of(connection, SEE, cancel).first(CancelTasks::seen);
    if (seen.isEmpty()) {
      return Outcome.refused(TaskReader.notFound(cancel.taskId()));
    }
    TaskState state = seen.get().state();
    if (isCancelled(seen.get(), cancel)) {
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

  /** Whether the task was cancelled before, and this request would change nothing. */
  private static boolean isCancelled(Seen seen, Cancel cancel) {
    boolean stronger = cancel.force() && !seen.forced();
    return seen.state() == TaskState.CANCELLED || seen.state() == TaskState.CANCELLING && !stronger;
  }

  private static Optional<Move> moveOutOf(TaskState state) {
    if (MoveTable.STANDARD.next(state, Move.REQUEST_CANCEL).isPresent()) {
      return Optional.of(Move.REQUEST_CANCEL);
    }
    return MoveTable.STANDARD.next(state, Move.CANCEL).map(to -> Move.CANCEL);
  }

  private static Seen seen(ResultSet row) throws SQLException {
    return new Seen(
        new TaskKey(row.getLong(1)),
        TaskState.of(row.getInt(2)),
        row.getLong(3),
        row.getBoolean(4));
  }

  private Task move(Batch batch, Seen seen, Move move, Cancel cancel) throws SQLException {
    TaskState to = MoveTable.STANDARD.require(seen.state(), move);
    List<EndedTask> ended = new ArrayList<>();
    Task moved =
        NamedSql.on(batch.connection(), MOVE)
            .set("task", seen.id())
            .set("to", to.code())
            .set("principal", cancel.actor().principal())
            .set("reason", Rows.storable(cancel.actor().reason()))
            .set("force", cancel.force())
            .set("again", to == seen.state())
            .set("final", to.isFinal())
            .set("move", move.code())
            .one(
                row -> {
                  if (to.isFinal()) {
                    ended.add(EndedRows.read(row));
                  }
                  return TaskRows.read(row);
                });
    ends.after(batch, ended);
    return moved;
  }

  private static Parameters of(Connection connection, String sql, Cancel cancel)
      throws SQLException {
    return NamedSql.on(connection, sql).set("name", cancel.taskId());
  }

  private static Refusal ended(String taskId, TaskState state) {
    return Refusal.precondition(
        RefusalReason.TASK_ENDED,
        "tasks/" + taskId,
        "is " + state + " and cannot be cancelled any more");
  }
}
