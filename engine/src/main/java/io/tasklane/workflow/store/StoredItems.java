package io.tasklane.workflow.store;

import io.tasklane.database.NamedSql;
import io.tasklane.json.JsonValue;
import io.tasklane.workflow.NodeKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.AbstractList;
import java.util.List;

/**
 * The list of a for-each, read in pages and only where it is asked for: the end of one of its
 * copies must not cost more the longer the list is. It is read on the connection of the decision,
 * and is of no use after it.
 */
final class StoredItems extends AbstractList<Object> {
  private static final int PAGE = 200;
  private static final String SELECT =
      """
      SELECT item FROM workflow_item
      WHERE workflow = :workflow AND node = :node AND index = :index::int[]
        AND position >= :from AND position < :to
      ORDER BY position""";
  private static final String DELETE =
      """
      DELETE FROM workflow_item
      WHERE workflow = :workflow AND node = :node AND index = :index::int[]""";
  private static final String INSERT =
      """
      INSERT INTO workflow_item (workflow, node, index, position, item)
      SELECT :workflow, :node, :index::int[], u.position - 1, u.item
      FROM unnest(:items::text[]) WITH ORDINALITY AS u (item, position)""";

  private final Connection connection;
  private final long workflow;
  private final NodeKey key;
  private final int size;
  private int from;
  private List<Object> page = List.of();

  StoredItems(Connection connection, long workflow, NodeKey key, int size) {
    this.connection = connection;
    this.workflow = workflow;
    this.key = key;
    this.size = size;
  }

  /** Writes a list that the node has just found, in place of an earlier one. */
  static void write(Connection connection, long workflow, NodeKey key, List<Object> items)
      throws SQLException {
    of(connection, DELETE, workflow, key).update();
    if (!items.isEmpty()) {
      of(connection, INSERT, workflow, key)
          .set("items", "text", items.stream().map(JsonValue::write).toArray())
          .update();
    }
  }

  private static io.tasklane.database.Parameters of(
      Connection connection, String sql, long workflow, NodeKey key) throws SQLException {
    return NamedSql.on(connection, sql)
        .set("workflow", workflow)
        .set("node", key.nodeId())
        .set("index", NodeColumns.index(key));
  }

  @Override
  public Object get(int position) {
    if (position < from || position >= from + page.size()) {
      try {
        from = position;
        page =
            of(connection, SELECT, workflow, key)
                .set("from", position)
                .set("to", position + PAGE)
                .list(row -> new Item(JsonValue.stored(row.getString(1))))
                .stream()
                .map(Item::value)
                .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
      } catch (SQLException failed) {
        throw new StoreException(failed);
      }
    }
    return page.get(position - from);
  }

  /** A reader of rows returns no null, which is an element like any other. */
  private record Item(Object value) {}

  @Override
  public int size() {
    return size;
  }
}
