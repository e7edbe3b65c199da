package io.tasklane.workflow.store;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.WorkflowEvent;
import java.sql.Connection;
import java.sql.SQLException;

/** Keeps who has decided about nodes that wait for approvals, and why. */
public final class Approvals {
  private static final String INSERT =
      """
      INSERT INTO workflow_approval (workflow, node, index, run, principal, reason, approved, time)
      SELECT workflow, node, index, run, :principal, :reason, :approved, clock_timestamp()
      FROM workflow_node
      WHERE workflow = :workflow AND node = :node AND index = :index::int[]""";

  private Approvals() {}

  /** Writes a decision that core has accepted. */
  public static void write(
      Connection connection, StoredWorkflow workflow, WorkflowEvent.ApprovalDecided decided)
      throws SQLException {
    NodeKey key = decided.key();
    NamedSql.on(connection, INSERT)
        .set("workflow", workflow.id())
        .set("node", key.nodeId())
        .set("index", NodeColumns.index(key))
        .set("principal", decided.actor().principal())
        .set("reason", Rows.storable(decided.actor().reason()))
        .set("approved", decided.approved())
        .update();
  }
}
