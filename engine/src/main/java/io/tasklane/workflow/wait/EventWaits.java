package io.tasklane.workflow.wait;

import io.tasklane.database.NamedSql;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.decision.Action;
import io.tasklane.workflow.store.NodeColumns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The waits for events that an execution begins and ends. A wait sees the events that stand in the
 * log after the transaction that began it: whoever sees the end of the node before it, and then
 * publishes, is never missed.
 */
public final class EventWaits {
  /**
   * A node that waits.
   *
   * @param workflow key of its workflow
   * @param key the node
   * @param run the run of it
   * @param type that it waits for: exact, or a prefix that ends in ".*"
   * @param since the transaction that began the wait
   */
  public record Wait(long workflow, NodeKey key, int run, String type, long since) {}

  private record Place(long workflow, NodeKey key) {}

  /**
   * The first wait of all begins to read the log where it stands: at the oldest transaction that
   * still runs, which is not newer than this one or any other that begins a wait.
   */
  private static final String BEGIN =
      """
      UPDATE workflow_cursor SET xid = pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1,
          seq = 9223372036854775807
      WHERE NOT EXISTS (SELECT FROM workflow_wait)
        AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1""";

  private static final String INSERT =
      """
      INSERT INTO workflow_wait (workflow, node, index, run, event_type, xid)
      SELECT u.workflow, u.node, u.index::int[], u.run, u.type, pg_current_xact_id()::text::bigint
      FROM unnest(:workflows::bigint[], :nodes::text[], :indexes::text[], :runs::int[],
        :types::text[]) AS u (workflow, node, index, run, type)""";
  private static final String DELETE =
      """
      DELETE FROM workflow_wait w
      USING unnest(:workflows::bigint[], :nodes::text[], :indexes::text[])
        AS u (workflow, node, index)
      WHERE w.workflow = u.workflow AND w.node = u.node AND w.index = u.index::int[]""";

  /** SQL: the types that are waited for now. */
  public static final String TYPES = "SELECT DISTINCT event_type FROM workflow_wait";

  private static final String OF_TYPES =
      """
      SELECT workflow, node, index, run, event_type, xid FROM workflow_wait
      WHERE event_type = ANY (:types) ORDER BY xid, workflow, node, index""";

  private final Connection connection;
  private final List<Wait> begun = new ArrayList<>();
  private final List<Place> ended = new ArrayList<>();

  /** Nothing has begun or ended yet. */
  public EventWaits(Connection connection) {
    this.connection = connection;
  }

  /** Whether nothing is to be written. */
  public boolean isEmpty() {
    return begun.isEmpty() && ended.isEmpty();
  }

  /** A node waits for events from this transaction on. */
  public void begin(long workflow, Action.AwaitEvent await) {
    begun.add(new Wait(workflow, await.key(), await.run(), await.awaited().eventType(), 0));
  }

  /** The node has ended, or does not wait any more. */
  public void end(long workflow, NodeKey key) {
    begun.removeIf(wait -> wait.workflow() == workflow && wait.key().equals(key));
    ended.add(new Place(workflow, key));
  }

  /** Writes what was begun and ended. */
  public void write() throws SQLException {
    if (!ended.isEmpty()) {
      NamedSql.on(connection, DELETE)
          .rows(ended)
          .add("workflows", "int8", Place::workflow)
          .add("nodes", "text", place -> place.key().nodeId())
          .add("indexes", "text", place -> NodeColumns.index(place.key()))
          .update();
      ended.clear();
    }
    if (!begun.isEmpty()) {
      NamedSql.on(connection, BEGIN).update();
      NamedSql.on(connection, INSERT)
          .rows(begun)
          .add("workflows", "int8", Wait::workflow)
          .add("nodes", "text", wait -> wait.key().nodeId())
          .add("indexes", "text", wait -> NodeColumns.index(wait.key()))
          .add("runs", "int4", Wait::run)
          .add("types", "text", Wait::type)
          .update();
      begun.clear();
    }
  }

  /** The types that are waited for now. */
  public static List<String> types(Connection connection) throws SQLException {
    return NamedSql.on(connection, TYPES).list(row -> row.getString(1));
  }

  /** All waits for these types. */
  public static List<Wait> of(Connection connection, Collection<String> types) throws SQLException {
    return NamedSql.on(connection, OF_TYPES).set("types", "text", types).list(EventWaits::read);
  }

  private static Wait read(ResultSet row) throws SQLException {
    return new Wait(
        row.getLong("workflow"),
        NodeColumns.key(row),
        row.getInt("run"),
        row.getString("event_type"),
        row.getLong("xid"));
  }
}
