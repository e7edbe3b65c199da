package io.tasklane.workflow.store;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.filter.WorkflowNodeFilter;
import io.tasklane.task.Actor;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.WorkflowNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the nodes of one workflow as people see them.
 *
 * @param connection to read on
 * @param workflow key of the workflow
 */
record NodeViews(Connection connection, long workflow) {
  /** Every node. */
  static final WorkflowNodeFilter ALL = new WorkflowNodeFilter(Set.of(), Optional.empty());

  private static final String COLUMNS =
      "n.node, n.index, n.ordinal, n.state, n.run, n.task_name, n.sub_workflow_name, n.cause,"
          + " n.start_time, n.end_time";
  private static final String LIST =
      "SELECT "
          + COLUMNS
          + """
           FROM workflow_node n
          WHERE n.workflow = :workflow AND (n.ordinal, n.index) > (:ordinal, :index::int[])
            AND (cardinality(:states::int[]) = 0 OR n.state = ANY (:states::int[]))
            AND (:node = '' OR n.node = :node)
          ORDER BY n.ordinal, n.index LIMIT :limit""";
  private static final String OF =
      "SELECT "
          + COLUMNS
          + """
           FROM unnest(:nodes::text[], :indexes::text[]) AS u (node, index)
          JOIN workflow_node n
            ON n.workflow = :workflow AND n.node = u.node AND n.index = u.index::int[]""";
  private static final String APPROVALS =
      """
      SELECT a.node, a.index, a.principal, a.reason, a.approved
      FROM unnest(:nodes::text[], :indexes::text[], :runs::int[]) AS u (node, index, run)
      JOIN workflow_approval a ON a.workflow = :workflow AND a.node = u.node
        AND a.index = u.index::int[] AND a.run = u.run
      ORDER BY a.time""";

  private record Approval(NodeKey key, Actor actor, boolean approved) {}

  List<WorkflowNode> list(WorkflowNodeFilter filter, Optional<WorkflowNode> after, int limit)
      throws SQLException {
    List<WorkflowNode> nodes =
        NamedSql.on(connection, LIST)
            .set("workflow", workflow)
            .set("ordinal", after.map(WorkflowNode::ordinal).orElse(-1))
            .set(
                "index", NodeColumns.array(after.map(node -> node.key().index()).orElse(List.of())))
            .set("states", "int4", filter.states().stream().map(NodeState::code).toArray())
            .set("node", filter.nodeId().orElse(""))
            .set("limit", limit)
            .list(NodeViews::read);
    return withApprovals(nodes);
  }

  List<WorkflowNode> of(List<NodeKey> keys) throws SQLException {
    List<WorkflowNode> nodes =
        NamedSql.on(connection, OF)
            .set("workflow", workflow)
            .rows(keys)
            .add("nodes", "text", NodeKey::nodeId)
            .add("indexes", "text", key -> NodeColumns.index(key))
            .list(NodeViews::read);
    return withApprovals(nodes);
  }

  private List<WorkflowNode> withApprovals(List<WorkflowNode> nodes) throws SQLException {
    Map<NodeKey, List<Approval>> approvals = new HashMap<>();
    NamedSql.on(connection, APPROVALS)
        .set("workflow", workflow)
        .rows(nodes)
        .add("nodes", "text", node -> node.key().nodeId())
        .add("indexes", "text", node -> NodeColumns.index(node.key()))
        .add("runs", "int4", WorkflowNode::run)
        .each(
            row -> {
              Approval one = approval(row);
              approvals.computeIfAbsent(one.key(), key -> new ArrayList<>()).add(one);
            });
    return nodes.stream()
        .map(node -> with(node, approvals.getOrDefault(node.key(), List.of())))
        .toList();
  }

  private static Approval approval(ResultSet row) throws SQLException {
    return new Approval(
        NodeColumns.key(row),
        new Actor(row.getString("principal"), row.getString("reason")),
        row.getBoolean("approved"));
  }

  private static WorkflowNode with(WorkflowNode node, List<Approval> approvals) {
    return new WorkflowNode(
        node.key(),
        node.ordinal(),
        node.state(),
        node.run(),
        node.taskId(),
        node.workflowId(),
        node.cause(),
        node.startTime(),
        node.endTime(),
        approvals.stream().filter(Approval::approved).map(Approval::actor).toList(),
        approvals.stream().filter(one -> !one.approved()).map(Approval::actor).findFirst());
  }

  private static WorkflowNode read(ResultSet row) throws SQLException {
    return new WorkflowNode(
        NodeColumns.key(row),
        row.getInt("ordinal"),
        NodeState.of(row.getInt("state")),
        row.getInt("run"),
        Rows.text(row, "task_name"),
        Rows.text(row, "sub_workflow_name"),
        StateJson.cause(row.getString("cause")),
        Rows.instant(row, "start_time").orElseThrow(),
        Rows.instant(row, "end_time"),
        List.of(),
        Optional.empty());
  }
}
