package io.tasklane.step;

import io.tasklane.database.NamedSql;
import io.tasklane.key.TaskKey;
import io.tasklane.task.row.TaskMoves;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes tasks due now whose step does not wait any more. Whoever suspends a task and whoever ends
 * its wait hold the lock on its row, and ask after they have it: so one of them sees the other.
 */
public final class Wakes {
  private static final String SQL =
      """
      %s,
      woken AS MATERIALIZED (
        SELECT k.id, k.next_attempt_time AS due FROM task k
        JOIN task_step s ON s.task = k.id AND s.name = :step
        WHERE k.id = :task AND k.state = %d AND k.next_attempt_time IS NOT NULL
          AND s.state NOT IN (%d, %d)),
      gone AS (
        DELETE FROM task_due d USING woken w WHERE d.due = w.due AND d.task = w.id),
      soon AS (
        INSERT INTO task_due (due, task) SELECT t.at, w.id FROM woken w, t),
      changed AS (
        UPDATE task k SET next_attempt_time = t.at FROM woken w, t WHERE k.id = w.id)
      SELECT id FROM woken"""
          .formatted(
              TaskMoves.NOW,
              TaskState.SCHEDULED.code(),
              StepState.WAITING.code(),
              StepState.RETRY_WAIT.code());

  private Wakes() {}

  /**
   * Makes the task due where it is suspended and this step has ended.
   *
   * @param task key of the row, which is locked
   * @param step that it was suspended for
   * @return whether it is due now
   */
  public static boolean ifSettled(Connection connection, TaskKey task, String step)
      throws SQLException {
    return NamedSql.on(connection, SQL).set("task", task).set("step", step).exists();
  }
}
