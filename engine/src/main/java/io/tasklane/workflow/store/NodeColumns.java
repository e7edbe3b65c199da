package io.tasklane.workflow.store;

import io.tasklane.workflow.NodeKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The columns that say which node a row is about: node and index. */
public final class NodeColumns {
  private NodeColumns() {}

  /** The node of this row. */
  public static NodeKey key(ResultSet row) throws SQLException {
    return new NodeKey(
        row.getString("node"), List.of((Integer[]) row.getArray("index").getArray()));
  }

  /**
   * An array of numbers as PostgreSQL writes it: arrays of arrays must not have different sizes.
   */
  public static String index(NodeKey key) {
    return array(key.index());
  }

  static String array(List<Integer> index) {
    return index.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }
}
