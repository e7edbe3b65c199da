package io.tasklane.step;

import io.tasklane.database.NamedSql;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes the steps of a task that have succeeded over into a copy of it. */
public final class CopiedSteps {
  private static final String COPY =
      """
      WITH old AS (SELECT id FROM task WHERE name = :original),
      new AS (SELECT id FROM task WHERE name = :copy),
      taken AS (
        INSERT INTO task_step (task, name, number, kind, state, attempt, outside, token, start_time,
            end_time, result_bytes, result_type, result)
        SELECT new.id, s.name, s.number, s.kind, s.state, 0, s.outside, 0, s.start_time,
            s.end_time, s.result_bytes, s.result_type, s.result
        FROM old, new, task_step s WHERE s.task = old.id AND s.state = %d)
      INSERT INTO step_artifact_use (task, step, artifact)
      SELECT new.id, u.step, u.artifact FROM old, new, step_artifact_use u WHERE u.task = old.id"""
          .formatted(StepState.SUCCEEDED.code());

  private CopiedSteps() {}

  /**
   * Takes them over.
   *
   * @param original final part of the name of the old task
   * @param copy final part of the name of the new one
   */
  public static void take(Connection connection, String original, String copy) throws SQLException {
    NamedSql.on(connection, COPY).set("original", original).set("copy", copy).update();
  }
}
