package io.tasklane.workflow.store;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.database.Rows;
import io.tasklane.key.TaskKey;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.compile.Role;
import io.tasklane.workflow.state.MemberCounts;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.NodeVariables;
import io.tasklane.workflow.state.Phase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads and writes the nodes of one workflow. */
final class NodeRows {
  private static final String COLUMNS =
      """
      n.node, n.index, n.state, n.phase, n.run, n.stopped_from_above, n.size, n.next, n.waiting,
      n.open, n.failed, n.cancelled, n.branch, n.items, n.approvers, n.paused_seq, n.task,
      n.task_name, n.sub_workflow, n.sub_workflow_name, n.start_time, n.end_time, n.stop,
      n.cause, n.output""";
  private static final String SELECT =
      """
      SELECT %s FROM unnest(:nodes::text[], :indexes::text[]) AS u (node, index)
      JOIN workflow_node n
        ON n.workflow = :workflow AND n.node = u.node AND n.index = u.index::int[]"""
          .formatted(COLUMNS);
  private static final String CHILDREN =
      """
      SELECT %s FROM workflow_node n
      WHERE workflow = :workflow AND parent = :parent AND parent_index = :index::int[]
        AND state = ANY (:states)
      ORDER BY position LIMIT :limit"""
          .formatted(COLUMNS);
  private static final String PAUSED =
      """
      SELECT %s FROM workflow_node n
      WHERE workflow = :workflow AND paused_seq IS NOT NULL ORDER BY paused_seq"""
          .formatted(COLUMNS);
  private static final String LAST_PAUSED =
      "SELECT coalesce(max(paused_seq), 0) FROM workflow_node WHERE workflow = :workflow";
  private static final String DELETE =
      """
      WITH gone AS (
        SELECT u.node, u.index::int[] AS index
        FROM unnest(:nodes::text[], :indexes::text[]) AS u (node, index)),
      items AS (
        DELETE FROM workflow_item i USING gone g
        WHERE i.workflow = :workflow AND i.node = g.node AND i.index = g.index)
      DELETE FROM workflow_node n USING gone g
      WHERE n.workflow = :workflow AND n.node = g.node AND n.index = g.index""";

  /** Task and sub-workflow of a node are written by {@link #setTasks} and the like alone. */
  private static final String UPSERT =
      """
      INSERT INTO workflow_node AS n (workflow, node, index, parent, parent_index, ordinal,
          position, member, state, phase, run, stopped_from_above, size, next, waiting, open,
          failed, cancelled, branch, items, approvers, paused_seq, start_time, end_time, stop,
          cause, output)
      SELECT :workflow, u.node, u.index::int[], u.parent, u.parent_index::int[], u.ordinal,
          u.position, u.member, u.state, u.phase, u.run, u.stopped, u.size, u.next, u.waiting,
          u.open, u.failed, u.cancelled, u.branch, u.items, u.approvers::text[], u.paused_seq,
          u.start_time, u.end_time, u.stop, u.cause, u.output
      FROM unnest(:nodes::text[], :indexes::text[], :parents::text[], :parent_indexes::text[],
          :ordinals::int[], :positions::int[], :members::boolean[], :states::int[], :phases::int[],
          :runs::int[], :stopped::boolean[], :sizes::int[], :nexts::int[], :waitings::int[],
          :opens::int[], :faileds::int[], :cancelleds::int[], :branches::int[], :items::int[],
          :approvers::text[], :paused::bigint[], :starts::timestamptz[], :ends::timestamptz[],
          :stops::text[], :causes::text[], :outputs::text[])
        AS u (node, index, parent, parent_index, ordinal, position, member, state, phase, run,
          stopped, size, next, waiting, open, failed, cancelled, branch, items, approvers,
          paused_seq, start_time, end_time, stop, cause, output)
      ON CONFLICT (workflow, node, index) DO UPDATE SET
          state = EXCLUDED.state, phase = EXCLUDED.phase, run = EXCLUDED.run,
          stopped_from_above = EXCLUDED.stopped_from_above, size = EXCLUDED.size,
          next = EXCLUDED.next, waiting = EXCLUDED.waiting, open = EXCLUDED.open,
          failed = EXCLUDED.failed, cancelled = EXCLUDED.cancelled, branch = EXCLUDED.branch,
          items = EXCLUDED.items, approvers = EXCLUDED.approvers,
          paused_seq = EXCLUDED.paused_seq, start_time = EXCLUDED.start_time,
          end_time = EXCLUDED.end_time, stop = EXCLUDED.stop, cause = EXCLUDED.cause,
          output = EXCLUDED.output""";

  private static final String SET_TASK =
      """
      WITH u AS (
        SELECT u.node, u.index::int[] AS index, u.run, u.task, u.name
        FROM unnest(:nodes::text[], :indexes::text[], :runs::int[], :tasks::bigint[],
          :names::text[]) AS u (node, index, run, task, name)),
      shown AS (
        UPDATE workflow_node n SET task = u.task, task_name = u.name FROM u
        WHERE n.workflow = :workflow AND n.node = u.node AND n.index = u.index)
      INSERT INTO workflow_task (task, workflow, node, index, run)
      SELECT task, :workflow, node, index, run FROM u""";

  private static final String SET_SUB_WORKFLOW =
      """
      UPDATE workflow_node n SET sub_workflow = u.sub_workflow, sub_workflow_name = u.name
      FROM unnest(:nodes::text[], :indexes::text[], :subs::bigint[], :names::text[])
        AS u (node, index, sub_workflow, name)
      WHERE n.workflow = :workflow AND n.node = u.node AND n.index = u.index::int[]""";

  private final Connection connection;
  private final long workflow;

  NodeRows(Connection connection, long workflow) {
    this.connection = connection;
    this.workflow = workflow;
  }

  /** The rows of these nodes that have started. */
  List<NodeRecord> find(Collection<NodeKey> keys) throws SQLException {
    return of(SELECT, keys).list(this::read);
  }

  private Parameters of(String sql, Collection<NodeKey> keys) throws SQLException {
    return NamedSql.on(connection, sql)
        .set("workflow", workflow)
        .rows(keys)
        .add("nodes", "text", NodeKey::nodeId)
        .add("indexes", "text", key -> NodeColumns.index(key));
  }

  private NodeRecord read(ResultSet row) throws SQLException {
    NodeKey key = NodeColumns.key(row);
    MemberCounts counts =
        new MemberCounts(
            row.getInt("size"),
            row.getInt("next"),
            row.getInt("waiting"),
            row.getInt("open"),
            row.getInt("failed"),
            row.getInt("cancelled"));
    NodeInstance instance =
        new NodeInstance(
            key,
            NodeState.of(row.getInt("state")),
            row.getInt("run"),
            Phase.of(row.getInt("phase")),
            StateJson.cause(row.getString("stop")),
            row.getBoolean("stopped_from_above"),
            counts,
            variables(row, key),
            StateJson.cause(row.getString("cause")),
            StateJson.output(row.getString("output")));
    return new NodeRecord(
        instance,
        Rows.instant(row, "start_time").orElseThrow(),
        Rows.instant(row, "end_time"),
        row.getLong("paused_seq"),
        new TaskKey(row.getLong("task")),
        Rows.text(row, "task_name").orElse(""),
        row.getLong("sub_workflow"),
        Rows.text(row, "sub_workflow_name").orElse(""));
  }

  private NodeVariables variables(ResultSet row, NodeKey key) throws SQLException {
    int branch = row.getInt("branch");
    int items = row.getInt("items");
    Array approvers = row.getArray("approvers");
    if (branch == 0 && items == 0 && approvers == null) {
      return NodeVariables.NONE;
    }
    List<Object> list = items == 0 ? List.of() : new StoredItems(connection, workflow, key, items);
    return new NodeVariables(
        branch, list, approvers == null ? Set.of() : Set.of((String[]) approvers.getArray()));
  }

  List<NodeRecord> children(NodeKey parent, Set<NodeState> states, int limit) throws SQLException {
    return NamedSql.on(connection, CHILDREN)
        .set("workflow", workflow)
        .set("parent", parent.nodeId())
        .set("index", NodeColumns.index(parent))
        .set("states", "int4", states.stream().map(NodeState::code).toArray())
        .set("limit", limit)
        .list(this::read);
  }

  List<NodeRecord> paused() throws SQLException {
    return NamedSql.on(connection, PAUSED).set("workflow", workflow).list(this::read);
  }

  long lastPaused() throws SQLException {
    return NamedSql.on(connection, LAST_PAUSED)
        .set("workflow", workflow)
        .one(row -> row.getLong(1));
  }

  void delete(Collection<NodeKey> keys) throws SQLException {
    of(DELETE, keys).update();
  }

  void write(Collection<NodeRecord> records, CompiledWorkflow compiled, NodeOrder order)
      throws SQLException {
    NamedSql.on(connection, UPSERT)
        .set("workflow", workflow)
        .rows(records)
        .add("nodes", "text", r -> key(r).nodeId())
        .add("indexes", "text", r -> NodeColumns.index(key(r)))
        .add("parents", "text", r -> compiled.parent(key(r)).map(NodeKey::nodeId).orElse(null))
        .add(
            "parent_indexes",
            "text",
            r -> compiled.parent(key(r)).map(above -> NodeColumns.index(above)).orElse(null))
        .add("ordinals", "int4", r -> order.of(key(r).nodeId()))
        .add("positions", "int4", r -> compiled.position(key(r)))
        .add("members", "bool", r -> compiled.placement(key(r)).role() != Role.HANDLER)
        .add("states", "int4", r -> r.instance().state().code())
        .add("phases", "int4", r -> r.instance().phase().code())
        .add("runs", "int4", r -> r.instance().run())
        .add("stopped", "bool", r -> r.instance().stoppedFromAbove())
        .add("sizes", "int4", r -> r.instance().counts().size())
        .add("nexts", "int4", r -> r.instance().counts().next())
        .add("waitings", "int4", r -> r.instance().counts().waiting())
        .add("opens", "int4", r -> r.instance().counts().open())
        .add("faileds", "int4", r -> r.instance().counts().failed())
        .add("cancelleds", "int4", r -> r.instance().counts().cancelled())
        .add("branches", "int4", r -> r.instance().variables().branch())
        .add("items", "int4", r -> r.instance().variables().items().size())
        .add("approvers", "text", r -> approvers(r.instance().variables().approvers()))
        .add("paused", "int8", r -> r.pausedSeq() == 0 ? null : r.pausedSeq())
        .add("starts", "timestamptz", r -> Timestamp.from(r.startTime()))
        .add("ends", "timestamptz", r -> r.endTime().map(Timestamp::from).orElse(null))
        .add("stops", "text", r -> StateJson.cause(r.instance().stop()))
        .add("causes", "text", r -> StateJson.cause(r.instance().cause()))
        .add("outputs", "text", r -> StateJson.output(r.instance().output()))
        .update();
  }

  /** Writes which tasks these nodes have now. */
  void setTasks(Collection<NodeRecord> records) throws SQLException {
    NamedSql.on(connection, SET_TASK)
        .set("workflow", workflow)
        .rows(records)
        .add("nodes", "text", r -> key(r).nodeId())
        .add("indexes", "text", r -> NodeColumns.index(key(r)))
        .add("runs", "int4", r -> r.instance().run())
        .add("tasks", "int8", NodeRecord::task)
        .add("names", "text", NodeRecord::taskId)
        .update();
  }

  /** Writes which workflows these nodes have started. */
  void setSubWorkflows(Collection<NodeRecord> records) throws SQLException {
    NamedSql.on(connection, SET_SUB_WORKFLOW)
        .set("workflow", workflow)
        .rows(records)
        .add("nodes", "text", r -> key(r).nodeId())
        .add("indexes", "text", r -> NodeColumns.index(key(r)))
        .add("subs", "int8", NodeRecord::subWorkflow)
        .add("names", "text", NodeRecord::subWorkflowId)
        .update();
  }

  private static NodeKey key(NodeRecord record) {
    return record.instance().key();
  }

  private static String approvers(Set<String> principals) {
    return principals.isEmpty()
        ? null
        : principals.stream()
            .map(name -> "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }
}
