package io.tasklane.feature;

import io.tasklane.api.Refusal;
import io.tasklane.commit.Batch;
import io.tasklane.task.Payload;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Starts workflows from templates, as a part of the command that runs. */
public interface TemplateStarts {
  /**
   * Whether a template can be started.
   *
   * @param template its id, with or without a version, such as "morning" or "morning@3"
   */
  boolean exists(Connection connection, String template) throws SQLException;

  /**
   * Starts a workflow; its first tasks are created in the same transaction.
   *
   * @param template as in {@link #exists}
   * @param inputs by name, each JSON
   * @param principal on whose behalf
   * @return final part of the workflow's name
   * @throws Refusal where the template does not exist, or does not take these inputs; what was
   *     written by then has to be undone
   */
  String start(Batch batch, String template, Map<String, Payload> inputs, String principal)
      throws SQLException;
}
