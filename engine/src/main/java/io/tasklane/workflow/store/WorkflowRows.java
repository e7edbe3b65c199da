package io.tasklane.workflow.store;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.database.Rows;
import io.tasklane.definition.DefinitionWriter;
import io.tasklane.task.Actor;
import io.tasklane.task.Priority;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.state.WorkflowStatus;
import io.tasklane.workflow.template.TemplateReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads and writes the rows of workflows. */
public final class WorkflowRows {
  private static final String SELECT = "SELECT " + WorkflowRecord.COLUMNS + " FROM workflow WHERE ";
  private static final String LOCK = SELECT + "id = ANY (:ids) ORDER BY id DESC FOR NO KEY UPDATE";
  private static final String TRY_LOCK =
      SELECT + "id = ANY (:ids) ORDER BY id DESC FOR NO KEY UPDATE SKIP LOCKED";
  private static final String COUNT = "SELECT count(*) FROM workflow WHERE id = ANY (:ids)";
  private static final String AWAIT = "UPDATE workflow SET outer_run = :run WHERE id = :id";
  private static final String INSIDE =
      """
      SELECT id FROM workflow WHERE outer_workflow = :id AND state < :ended ORDER BY id""";
  private static final String LOCK_BY_NAME = SELECT + "name = :name FOR NO KEY UPDATE";
  private static final String DEFINE =
      """
      INSERT INTO workflow_definition (id, definition, document)
      VALUES (:id, :definition, :document)""";
  private static final String DEFINITION =
      "SELECT definition FROM workflow_definition WHERE id = :id";
  private static final String INSERT =
      """
      INSERT INTO workflow (id, name, definition, create_time, deadline_time, create_principal,
          display_name, inputs, labels, priority, template, template_version, outer_workflow,
          outer_node, outer_index, outer_run, outermost, depth, state, run, paused, move_xid,
          revision, version)
      VALUES (:id, :name, :id, clock_timestamp(), :deadline_time, :principal, :display_name,
          :inputs, :labels::jsonb, :priority, :template, :template_version::int,
          :outer, :outer_node, :outer_index::int[], :outer_run::int, :outermost, :depth, :state, 1,
          false, pg_current_xact_id()::text::bigint, 0, 0)
      ON CONFLICT (name) DO NOTHING""";
  private static final String UPDATE =
      """
      UPDATE workflow SET state = :state, run = :run, paused = :paused, stop = :stop,
          cause = :cause, result = :result, pause_principal = :pause_principal,
          pause_reason = :pause_reason, cancel_principal = :cancel_principal,
          cancel_reason = :cancel_reason, move_xid = pg_current_xact_id()::text::bigint,
          revision = greatest(revision, :revision), version = version + 1,
          end_time = CASE WHEN :ended THEN coalesce(end_time, :now) END
      WHERE id = :id""";
  private static final String DELETE =
      """
      WITH items AS (DELETE FROM workflow_item WHERE workflow = :id),
      nodes AS (DELETE FROM workflow_node WHERE workflow = :id),
      tasks AS (DELETE FROM workflow_task WHERE workflow = :id),
      waits AS (DELETE FROM workflow_wait WHERE workflow = :id),
      timers AS (DELETE FROM workflow_timer WHERE workflow = :id),
      approvals AS (DELETE FROM workflow_approval WHERE workflow = :id),
      pins AS (DELETE FROM workflow_pin WHERE workflow = :id),
      starts AS (DELETE FROM workflow_start WHERE workflow = :id),
      definitions AS (DELETE FROM workflow_definition WHERE id = :id)
      DELETE FROM workflow WHERE id = :id""";

  private final Connection connection;

  /** Rows as this connection sees them. */
  public WorkflowRows(Connection connection) {
    this.connection = connection;
  }

  /** Draws the key of a new workflow. */
  public long nextId() throws SQLException {
    return NamedSql.on(connection, "SELECT nextval('workflow_seq')").one(row -> row.getLong(1));
  }

  /**
   * Writes a new workflow with its definition.
   *
   * @return whether its name was free; else nothing is written
   */
  public boolean insert(
      long id, String name, WorkflowRequest request, WorkflowOrigin origin, String principal)
      throws SQLException {
    Optional<TemplateReference> template = origin.template();
    Optional<OuterNode> outer = origin.outer();
    boolean free =
        NamedSql.on(connection, INSERT)
                .set("id", id)
                .set("name", name)
                .set("deadline_time", timestamp(request.deadlineTime()))
                .set("principal", principal)
                .set("display_name", Rows.storable(request.displayName()))
                .set("inputs", WorkflowInputs.text(request.inputs()))
                .set("labels", JsonColumns.labels(request.definition().labels()))
                .set("priority", request.definition().priority().orElse(Priority.DEFAULT).value())
                .set("template", template.map(TemplateReference::templateId).orElse(null))
                .set("template_version", template.map(WorkflowRows::version).orElse(null))
                .set("outer", outer.map(OuterNode::workflow).orElse(null))
                .set("outer_node", outer.map(node -> node.node().nodeId()).orElse(null))
                .set("outer_index", outer.map(node -> NodeColumns.index(node.node())).orElse(null))
                .set("outer_run", outer.map(node -> (long) node.run()).orElse(null))
                .set("outermost", outer.map(OuterNode::outermost).orElse(null))
                .set("depth", outer.map(OuterNode::depth).orElse(0))
                .set("state", WorkflowStatus.State.RUNNING.code())
                .update()
            == 1;
    if (free) {
      NamedSql.on(connection, DEFINE)
          .set("id", id)
          .set("definition", DefinitionWriter.write(request.definition()))
          .set("document", request.document())
          .update();
    }
    return free;
  }

  private static Long version(TemplateReference template) {
    return (long) template.version().orElseThrow();
  }

  private static Timestamp timestamp(Optional<Instant> time) {
    return time.map(Timestamp::from).orElse(null);
  }

  /** Locks these workflows, those with larger keys first. */
  public List<WorkflowRecord> lock(Collection<Long> ids) throws SQLException {
    return NamedSql.on(connection, LOCK).set("ids", "int8", ids).list(WorkflowRecord::read);
  }

  /**
   * Locks these workflows without waiting for anybody.
   *
   * @return those that exist; empty where another transaction holds one of them
   */
  public Optional<List<WorkflowRecord>> tryLock(Collection<Long> ids) throws SQLException {
    List<WorkflowRecord> locked =
        NamedSql.on(connection, TRY_LOCK).set("ids", "int8", ids).list(WorkflowRecord::read);
    long existing =
        NamedSql.on(connection, COUNT).set("ids", "int8", ids).one(row -> row.getLong(1));
    return locked.size() == existing ? Optional.of(locked) : Optional.empty();
  }

  /** A later run of the node that has started it waits for its end. */
  public void await(long id, int run) throws SQLException {
    NamedSql.on(connection, AWAIT).set("id", id).set("run", run).update();
  }

  /** Keys of the workflows that nodes of this one have started and that have not ended. */
  public List<Long> inside(long id) throws SQLException {
    return NamedSql.on(connection, INSIDE)
        .set("id", id)
        .set("ended", WorkflowStatus.State.SUCCEEDED.code())
        .list(row -> row.getLong(1));
  }

  /** Locks the workflow of this name; empty if there is none. */
  public Optional<WorkflowRecord> lock(String name) throws SQLException {
    return NamedSql.on(connection, LOCK_BY_NAME).set("name", name).first(WorkflowRecord::read);
  }

  /** The text of a definition. */
  public String definition(long id) throws SQLException {
    return NamedSql.on(connection, DEFINITION).set("id", id).one(row -> row.getString(1));
  }

  /**
   * Writes how a workflow is after a decision.
   *
   * @param revision of its last event
   * @param now by the clock of the database
   */
  public void update(WorkflowRecord workflow, long revision, Instant now) throws SQLException {
    WorkflowStatus status = workflow.status();
    Parameters parameters =
        NamedSql.on(connection, UPDATE)
            .set("id", workflow.id())
            .set("state", status.state().code())
            .set("run", status.run())
            .set("paused", status.paused())
            .set("stop", StateJson.cause(status.stop()))
            .set("cause", StateJson.cause(status.cause()))
            .set("result", StateJson.output(status.result()))
            .set("ended", status.state().isEnded())
            .set("now", Timestamp.from(now))
            .set("revision", revision);
    set(parameters, "pause", workflow.pauseActor());
    set(parameters, "cancel", workflow.cancelActor());
    parameters.update();
  }

  private static void set(Parameters parameters, String what, Optional<Actor> actor)
      throws SQLException {
    parameters.set(what + "_principal", actor.map(Actor::principal).orElse(null));
    parameters.set(what + "_reason", actor.map(a -> Rows.storable(a.reason())).orElse(null));
  }

  /** Removes a workflow with all that belongs to it; its tasks stay. */
  public void delete(long id) throws SQLException {
    NamedSql.on(connection, DELETE).set("id", id).update();
  }
}
