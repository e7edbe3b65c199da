package io.tasklane.forecast;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.definition.DefinitionReader;
import io.tasklane.json.JsonValue;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.compile.WorkflowCompiler;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.state.WorkflowStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A workflow, as far as a forecast needs it.
 *
 * @param id its key; 0 if it was not started
 * @param outermost key of the workflow that no node has started
 * @param state where it is
 * @param paused whether it is paused
 * @param deadline by when it should have ended
 * @param revision of the state that was read; 0 if it was not started
 * @param inputs by name, as JSON has them
 * @param compiled what it runs by
 */
record WorkflowRow(
    long id,
    long outermost,
    WorkflowStatus.State state,
    boolean paused,
    Optional<Instant> deadline,
    long revision,
    Object inputs,
    CompiledWorkflow compiled) {
  private static final String SELECT =
      """
      SELECT w.id, coalesce(w.outermost, w.id) AS outermost, w.state, w.paused, w.deadline_time,
          w.revision, w.inputs, d.definition
      FROM workflow w JOIN workflow_definition d ON d.id = w.definition WHERE ${WHICH}""";

  private static final String BY_NAME = SELECT.replace("${WHICH}", "w.name = :name");
  private static final String BY_ID = SELECT.replace("${WHICH}", "w.id = :id");

  static Optional<WorkflowRow> find(Connection connection, String workflowId) throws SQLException {
    return NamedSql.on(connection, BY_NAME).set("name", workflowId).first(WorkflowRow::read);
  }

  static Optional<WorkflowRow> find(Connection connection, long id) throws SQLException {
    return NamedSql.on(connection, BY_ID).set("id", id).first(WorkflowRow::read);
  }

  private static WorkflowRow read(ResultSet row) throws SQLException {
    return new WorkflowRow(
        row.getLong("id"),
        row.getLong("outermost"),
        WorkflowStatus.State.of(row.getInt("state")),
        row.getBoolean("paused"),
        Rows.instant(row, "deadline_time"),
        row.getLong("revision"),
        JsonValue.stored(row.getString("inputs")),
        compiled(DefinitionReader.read(row.getString("definition"))));
  }

  /**
   * One that was not started.
   *
   * @param outermost as above, of the workflow that it would be a part of; 0 for none
   */
  static WorkflowRow unstarted(
      WorkflowDefinition definition, Object inputs, Optional<Instant> deadline, long outermost) {
    return new WorkflowRow(
        0,
        outermost,
        WorkflowStatus.State.RUNNING,
        false,
        deadline,
        0,
        inputs,
        compiled(definition));
  }

  /** A definition that was checked. */
  private static CompiledWorkflow compiled(WorkflowDefinition definition) {
    try {
      return WorkflowCompiler.compile(definition);
    } catch (InvalidDefinitionException changed) {
      throw new IllegalStateException(
          "a definition that was checked is refused now: " + changed.getMessage(), changed);
    }
  }
}
