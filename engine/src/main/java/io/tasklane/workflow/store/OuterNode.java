package io.tasklane.workflow.store;

import io.tasklane.workflow.NodeKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The node that has started a workflow, and waits for its end.
 *
 * @param workflow key of the workflow that the node is part of
 * @param node which node
 * @param run the run of it
 * @param outermost key of the workflow around all others, which no node has started
 * @param depth how many workflows are around the one that was started, 1 or more
 */
public record OuterNode(long workflow, NodeKey node, int run, long outermost, int depth) {
  /** The same in another run. */
  OuterNode in(int other) {
    return new OuterNode(workflow, node, other, outermost, depth);
  }

  /** From a row of {@code workflow}; empty where nobody but a client has started it. */
  static Optional<OuterNode> read(ResultSet row) throws SQLException {
    String node = row.getString("outer_node");
    if (node == null) {
      return Optional.empty();
    }
    Integer[] index = (Integer[]) row.getArray("outer_index").getArray();
    return Optional.of(
        new OuterNode(
            row.getLong("outer_workflow"),
            new NodeKey(node, List.of(index)),
            row.getInt("outer_run"),
            row.getLong("outermost"),
            row.getInt("depth")));
  }
}
