package io.tasklane.workflow.retry;

import io.tasklane.database.NamedSql;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;

/** Drops what steps have kept, so that the tasks of a workflow that is retried do all anew. */
public final class FreshSteps {
  /** Those of the tasks of the workflow, and of workflows that it has started. */
  private static final String DROP =
      """
      WITH RECURSIVE inside AS (
        SELECT :workflow::bigint AS id
        UNION ALL
        SELECT w.id FROM workflow w JOIN inside i ON w.outer_workflow = i.id),
      ended AS (
        SELECT k.id FROM inside i JOIN workflow_task t ON t.workflow = i.id
        JOIN task k ON k.id = t.task WHERE k.state > %d),
      unused AS (
        DELETE FROM step_artifact_use u USING ended e WHERE u.task = e.id)
      DELETE FROM task_step s USING ended e WHERE s.task = e.id"""
          .formatted(TaskState.SUCCEEDED.code()); // the states after it are those without success

  private FreshSteps() {}

  /**
   * Drops the steps of its tasks that ended without success.
   *
   * @param workflow key of its row
   */
  public static void drop(Connection connection, long workflow) throws SQLException {
    NamedSql.on(connection, DROP).set("workflow", workflow).update();
  }
}
