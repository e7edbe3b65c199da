package io.tasklane.workflow.execution;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.json.JsonValue;
import io.tasklane.signal.ReadySignals;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.store.NodeColumns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/**
 * Workflows that nodes are to start. They are started by commands of their own, a few at a time: a
 * for-each over a thousand elements would hold up everybody else.
 */
final class NestedStarts {
  /**
   * One of them.
   *
   * @param workflow key of the outer workflow
   * @param action which node, and what it starts
   */
  record Order(long workflow, Action.StartWorkflow action) {}

  private static final String INSERT =
      """
      INSERT INTO workflow_start (workflow, node, index, run, template, version, inputs)
      SELECT u.workflow, u.node, u.index::int[], u.run, u.template, u.version, u.inputs
      FROM unnest(:workflows::bigint[], :nodes::text[], :indexes::text[], :runs::int[],
          :templates::text[], :versions::int[], :inputs::text[]) WITH ORDINALITY
        AS u (workflow, node, index, run, template, version, inputs, position)
      ORDER BY u.position""";
  private static final String WITHDRAW =
      """
      DELETE FROM workflow_start
      WHERE workflow = :workflow AND node = :node AND index = :index::int[]""";
  private static final String DROP = "DELETE FROM workflow_start WHERE workflow = ANY (:workflows)";

  /** Without a lock: only who holds the outer workflow may take them. */
  private static final String WAITING =
      "SELECT workflow FROM workflow_start ORDER BY id LIMIT :limit";

  private static final String TAKE =
      """
      DELETE FROM workflow_start WHERE id = ANY (ARRAY(
        SELECT id FROM workflow_start WHERE workflow = ANY (:workflows) ORDER BY id LIMIT :limit))
      RETURNING id, workflow, node, index, run, template, version, inputs""";

  /** SQL: whether there is anything to do. */
  static final String PROBE = "SELECT EXISTS (SELECT FROM workflow_start)";

  private final Batch batch;
  private final ReadySignals signals;
  private final List<Order> ordered = new ArrayList<>();

  NestedStarts(Batch batch, ReadySignals signals) {
    this.batch = batch;
    this.signals = signals;
  }

  boolean isEmpty() {
    return ordered.isEmpty();
  }

  void order(long workflow, Action.StartWorkflow action) {
    ordered.add(new Order(workflow, action));
  }

  /** Takes an order back, and returns whether there was one. */
  boolean withdraw(long workflow, NodeKey key) throws SQLException {
    boolean own =
        ordered.removeIf(order -> order.workflow() == workflow && order.action().key().equals(key));
    return own
        || NamedSql.on(batch.connection(), WITHDRAW)
                .set("workflow", workflow)
                .set("node", key.nodeId())
                .set("index", NodeColumns.index(key))
                .update()
            > 0;
  }

  void write() throws SQLException {
    if (ordered.isEmpty()) {
      return;
    }
    NamedSql.on(batch.connection(), INSERT)
        .rows(ordered)
        .add("workflows", "int8", Order::workflow)
        .add("nodes", "text", order -> order.action().key().nodeId())
        .add("indexes", "text", order -> NodeColumns.index(order.action().key()))
        .add("runs", "int4", order -> order.action().run())
        .add("templates", "text", order -> order.action().template())
        .add("versions", "int4", order -> boxed(order.action().version()))
        .add("inputs", "text", order -> JsonValue.write(order.action().inputs()))
        .update();
    ordered.clear();
    batch.afterCommit(() -> signals.dueIn(Duration.ZERO));
  }

  private static Integer boxed(OptionalInt version) {
    return version.isPresent() ? version.getAsInt() : null;
  }

  /** The outer workflows of those that come first, at most so many. */
  static List<Long> waiting(Connection connection, int limit) throws SQLException {
    return NamedSql.on(connection, WAITING).set("limit", limit).list(row -> row.getLong(1));
  }

  /** Takes the first of those of these workflows, which are locked. */
  static List<Order> take(Connection connection, Collection<Long> workflows, int limit)
      throws SQLException {
    return NamedSql.on(connection, TAKE)
        .set("workflows", "int8", workflows)
        .set("limit", limit)
        .list(NestedStarts::read);
  }

  @SuppressWarnings("unchecked") // the column holds an object
  private static Order read(ResultSet row) throws SQLException {
    int version = row.getInt("version");
    return new Order(
        row.getLong("workflow"),
        new Action.StartWorkflow(
            NodeColumns.key(row),
            row.getInt("run"),
            row.getString("template"),
            version == 0 ? OptionalInt.empty() : OptionalInt.of(version),
            (java.util.Map<String, Object>) JsonValue.stored(row.getString("inputs"))));
  }
}
