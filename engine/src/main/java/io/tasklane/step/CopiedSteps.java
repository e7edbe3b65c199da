package io.tasklane.step;

import io.tasklane.database.NamedSql;
import io.tasklane.key.TaskKey;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes the steps of a task that have succeeded over into one that does its work once more. */
public final class CopiedSteps {
  private static final String COPY =
      """
      WITH pair AS MATERIALIZED (
        SELECT old.id AS old, new.id AS new FROM task old, task new WHERE ${PAIR}),
      taken AS (
        INSERT INTO task_step (task, name, number, kind, state, attempt, outside, token, start_time,
            end_time, result_bytes, result_type, result)
        SELECT p.new, s.name, s.number, s.kind, s.state, 0, s.outside, 0, s.start_time,
            s.end_time, s.result_bytes, s.result_type, s.result
        FROM pair p JOIN task_step s ON s.task = p.old WHERE s.state = ${SUCCEEDED})
      INSERT INTO step_artifact_use (task, step, artifact)
      SELECT p.new, u.step, u.artifact FROM pair p JOIN step_artifact_use u ON u.task = p.old"""
          .replace("${SUCCEEDED}", Integer.toString(StepState.SUCCEEDED.code()));

  private static final String NAMED =
      COPY.replace("${PAIR}", "old.name = :original AND new.name = :copy");
  private static final String OF_SAME_INPUT =
      COPY.replace(
          "${PAIR}",
          """
          old.id = :original AND new.id = :copy AND old.task_type = new.task_type
            AND old.input_type = new.input_type AND old.input = new.input""");

  private CopiedSteps() {}

  /**
   * Takes them over.
   *
   * @param original final part of the name of the old task
   * @param copy final part of the name of the new one
   */
  public static void take(Connection connection, String original, String copy) throws SQLException {
    NamedSql.on(connection, NAMED).set("original", original).set("copy", copy).update();
  }

  /**
   * Takes them over where both tasks have the same type and the same input.
   *
   * @param original key of the old task
   * @param copy key of the new one
   */
  public static void takeForSameInput(Connection connection, TaskKey original, TaskKey copy)
      throws SQLException {
    NamedSql.on(connection, OF_SAME_INPUT).set("original", original).set("copy", copy).update();
  }
}
