package io.tasklane.workflow.store;

import io.tasklane.api.ListPosition;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.artifact.LargeValues;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.database.Sql;
import io.tasklane.filter.WorkflowFilter;
import io.tasklane.filter.WorkflowNodeFilter;
import io.tasklane.json.JsonValue;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.UnreadableOutputException;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.state.WorkflowNode;
import io.tasklane.workflow.state.WorkflowStatus;
import io.tasklane.workflow.template.TemplateReference;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads workflows as people see them.
 *
 * @param connection to read on
 */
public record WorkflowViews(Connection connection) {
  /** Number of nodes that a workflow is shown with. */
  public static final int SHOWN_NODES = 500;

  private static final String COLUMNS =
      """
      w.id, w.name, w.state, w.run, w.paused, w.stop, w.cause, w.result, w.pause_principal,
      w.pause_reason, w.cancel_principal, w.cancel_reason, w.version, w.display_name, w.labels,
      w.priority, w.deadline_time, w.create_time, w.end_time, w.revision, w.template,
      w.template_version, w.create_principal,
      (SELECT o.name FROM workflow o WHERE o.id = w.outer_workflow) AS outer_name""";
  private static final String FIND =
      "SELECT "
          + COLUMNS
          + ", d.document, w.inputs"
          + " FROM workflow w JOIN workflow_definition d ON d.id = w.definition"
          + " WHERE w.name = :name";
  private static final String LIST =
      "SELECT " + COLUMNS + ", ''::bytea AS document, '{}' AS inputs FROM workflow w WHERE true";

  private record Found(long id, Workflow workflow) {}

  /**
   * The workflow of this name, with its first nodes and its result.
   *
   * @throws Refusal NOT_FOUND: WORKFLOW_NOT_FOUND
   */
  public Workflow require(String workflowId) throws SQLException {
    Found found = find(FIND, workflowId);
    NodeViews nodes = new NodeViews(connection, found.id());
    return resolved(found).with(nodes.list(NodeViews.ALL, Optional.empty(), SHOWN_NODES));
  }

  /** The same without its nodes and its document. */
  public Workflow brief(String workflowId) throws SQLException {
    return resolved(find(LIST + " AND w.name = :name", workflowId));
  }

  private Workflow resolved(Found found) throws SQLException {
    return found.workflow().status().state() == WorkflowStatus.State.SUCCEEDED
        ? found.workflow().withResult(result(found))
        : found.workflow();
  }

  private Found find(String sql, String workflowId) throws SQLException {
    return NamedSql.on(connection, sql)
        .set("name", workflowId)
        .first(row -> new Found(row.getLong("id"), read(row)))
        .orElseThrow(() -> notFound(workflowId));
  }

  /**
   * What it has left, also the name of an artifact; empty where that is too large to be shown, or
   * is no longer kept.
   */
  private Optional<Payload> result(Found found) throws SQLException {
    NodeRows rows = new NodeRows(connection, found.id());
    OutputValues values =
        new OutputValues(
            new OutputValues.From(connection, LargeValues.NONE),
            found.id(),
            key -> rows.find(List.of(key)).stream().findFirst());
    try {
      Optional<Payload> stored = values.artifact(found.workflow().status().result());
      if (stored.isPresent()) {
        return stored;
      }
      String text = JsonValue.write(values.value(found.workflow().status().result()));
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      return body.length > Payload.MAX_BYTES
          ? Optional.empty()
          : Optional.of(new Payload(Payload.JSON, body));
    } catch (UnreadableOutputException unreadable) {
      return Optional.empty();
    }
  }

  /** Key of the workflow of this name; see {@link #require}. */
  public long key(String workflowId) throws SQLException {
    return NamedSql.on(connection, "SELECT id FROM workflow WHERE name = :name")
        .set("name", workflowId)
        .first(row -> row.getLong(1))
        .orElseThrow(() -> notFound(workflowId));
  }

  /** Workflows that match, the newest first, without their nodes, results and documents. */
  public List<Workflow> list(WorkflowFilter filter, Optional<ListPosition> after, int limit)
      throws SQLException {
    Sql sql = Sql.of(LIST).then(conditions(filter));
    if (after.isPresent()) {
      sql = sql.then(" AND w.id < ?", after.get().key());
    }
    return sql.then(" ORDER BY w.id DESC LIMIT " + limit).list(connection, WorkflowViews::read);
  }

  /** Ids of all workflows that match, the oldest first. */
  public static Sql names(WorkflowFilter filter, int limit) {
    return Sql.of("SELECT w.name FROM workflow w WHERE true")
        .then(conditions(filter))
        .then(" ORDER BY w.id LIMIT " + limit);
  }

  private static Sql conditions(WorkflowFilter filter) {
    Sql sql = Sql.of("");
    if (!filter.states().isEmpty()) {
      Object[] codes = filter.states().stream().map(WorkflowStatus.State::code).toArray();
      sql = sql.then(" AND w.state IN (" + "?, ".repeat(codes.length - 1) + "?)", codes);
    }
    for (Map.Entry<String, String> label : filter.labels().entrySet()) {
      sql = sql.then(" AND w.labels ->> ? = ?", label.getKey(), label.getValue());
    }
    return sql.then(Sql.within("w.create_time", filter.createTime()));
  }

  /** Nodes of a workflow, by their keys; see {@link NodeViews}. */
  public List<WorkflowNode> nodes(String workflowId, List<NodeKey> keys) throws SQLException {
    NodeViews views = new NodeViews(connection, key(workflowId));
    return views.of(keys);
  }

  /** Nodes of a workflow that match, after this one, in the order of the definition. */
  public List<WorkflowNode> nodes(
      String workflowId, WorkflowNodeFilter filter, Optional<WorkflowNode> after, int limit)
      throws SQLException {
    return new NodeViews(connection, key(workflowId)).list(filter, after, limit);
  }

  private static Workflow read(ResultSet row) throws SQLException {
    Optional<TemplateReference> template = template(row);
    return new Workflow(
        row.getString("name"),
        WorkflowRecord.status(row),
        new Workflow.Details(
            row.getBytes("document"),
            row.getString("display_name"),
            JsonColumns.labels(row.getString("labels")),
            new Priority(row.getInt("priority")),
            Rows.instant(row, "deadline_time"),
            template,
            template.isPresent() ? WorkflowInputs.payloads(row.getString("inputs")) : Map.of(),
            Rows.text(row, "outer_name"),
            row.getString("create_principal")),
        Optional.empty(),
        WorkflowRecord.actor(row, "pause"),
        WorkflowRecord.actor(row, "cancel"),
        Rows.instant(row, "create_time").orElseThrow(),
        Rows.instant(row, "end_time"),
        row.getLong("revision"),
        row.getInt("version"),
        List.of());
  }

  private static Optional<TemplateReference> template(ResultSet row) throws SQLException {
    Optional<String> template = Rows.text(row, "template");
    OptionalInt version = OptionalInt.of(row.getInt("template_version"));
    return template.map(id -> new TemplateReference(id, version));
  }

  /** The refusal of a workflow that does not exist. */
  public static Refusal notFound(String workflowId) {
    return Refusal.notFound(
        RefusalReason.WORKFLOW_NOT_FOUND, "workflows/" + workflowId, "does not exist");
  }
}
