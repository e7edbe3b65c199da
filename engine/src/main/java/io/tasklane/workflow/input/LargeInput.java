package io.tasklane.workflow.input;

import io.tasklane.api.Refusal;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.definition.TaskRequestJson;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.TaskRequest;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.store.NodeColumns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The request for the task of a node whose input is too large to be inline. It stands in the
 * database until the input is stored as an artifact; then the task is created.
 *
 * @param workflow key of the workflow
 * @param node the node
 * @param run the run of it
 * @param request with the whole input
 */
public record LargeInput(long workflow, NodeKey node, int run, TaskRequest request) {
  /** The most bytes of an input that is put together. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  /** What is said of a larger one. */
  public static final String TOO_LARGE =
      "the input that is put together is larger than " + MAX_BYTES + " bytes";

  private static final String INSERT =
      """
      INSERT INTO workflow_input (workflow, node, index, run, request, priority, input_type, input)
      VALUES (:workflow, :node, :index::int[], :run, :request, :priority, :input_type, :input)
      ON CONFLICT (workflow, node, index) DO UPDATE SET run = EXCLUDED.run,
          request = EXCLUDED.request, priority = EXCLUDED.priority,
          input_type = EXCLUDED.input_type, input = EXCLUDED.input""";
  private static final String NEXT =
      """
      SELECT workflow, node, index, run, request, priority, input_type, input
      FROM workflow_input ORDER BY workflow, node, index LIMIT :limit OFFSET :skipped""";
  private static final String DELETE =
      """
      DELETE FROM workflow_input
      WHERE workflow = :workflow AND node = :node AND index = :index::int[] AND run = :run""";

  /** Those that wait, a few of them. */
  public static List<LargeInput> next(Connection connection, int limit, int skipped)
      throws SQLException {
    return NamedSql.on(connection, NEXT)
        .set("limit", limit)
        .set("skipped", skipped)
        .list(LargeInput::read);
  }

  private static LargeInput read(ResultSet row) throws SQLException {
    Payload input = new Payload(row.getString("input_type"), row.getBytes("input"));
    return new LargeInput(
        row.getLong("workflow"),
        NodeColumns.key(row),
        row.getInt("run"),
        TaskRequestJson.read(row.getString("request"))
            .withWholeInput(input)
            .withPriority(new Priority(row.getInt("priority"))));
  }

  /**
   * What became of one.
   *
   * @param input with the whole input
   * @param reference to the artifact, if it is stored
   * @param refusal why it never will be
   */
  public record Stored(LargeInput input, Optional<Payload> reference, Optional<Refusal> refusal) {}

  /** Stores it with its request, until a thread has made an artifact of it. */
  public void write(Connection connection) throws SQLException {
    Payload none = Payload.json("");
    of(connection, INSERT)
        .set("request", TaskRequestJson.stored(request.withWholeInput(none)))
        .set("priority", request.priority().value())
        .set("input_type", request.input().contentType())
        .set("input", request.input().body())
        .update();
  }

  /** Removes it, because its task is created or not wanted any more; whether it was there. */
  public boolean delete(Connection connection) throws SQLException {
    return of(connection, DELETE).update() == 1;
  }

  /** Whether a workflow has one that waits. */
  public static boolean exists(Connection connection, long workflow) throws SQLException {
    return NamedSql.on(connection, "SELECT FROM workflow_input WHERE workflow = :workflow LIMIT 1")
        .set("workflow", workflow)
        .exists();
  }

  /** Removes the one of this run of a node; whether there was one. */
  public static boolean delete(Connection connection, long workflow, NodeKey node, int run)
      throws SQLException {
    return new LargeInput(workflow, node, run, null).delete(connection);
  }

  private Parameters of(Connection connection, String sql) throws SQLException {
    return NamedSql.on(connection, sql)
        .set("workflow", workflow)
        .set("node", node.nodeId())
        .set("index", NodeColumns.index(node))
        .set("run", run);
  }
}
