package io.tasklane.workflow.store;

import io.tasklane.api.Refusal;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.artifact.LargeValues;
import io.tasklane.database.NamedSql;
import io.tasklane.json.JsonValue;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Payload;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.CompiledWorkflow;
import io.tasklane.workflow.compile.Role;
import io.tasklane.workflow.decision.UnreadableOutputException;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Output;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Reads the values of outputs: results of tasks are never copied, and so are looked up here. */
final class OutputValues {
  /** The most bytes that one value may be made of. */
  static final long MAX_BYTES = 4L * 1024 * 1024;

  private static final String RESULT =
      """
      SELECT result_type, octet_length(result) AS bytes,
          CASE WHEN octet_length(result) <= :most THEN result END AS result,
          result IS NULL AND result_expire_time < clock_timestamp() AS is_over
      FROM task WHERE id = :task""";
  private static final String MEMBERS =
      """
      SELECT n.node, n.index, n.position, n.output, n.task, n.sub_workflow FROM workflow_node n
      WHERE n.workflow = :workflow AND n.parent = :parent AND n.parent_index = :index::int[]
        AND n.member AND n.state = :succeeded
      ORDER BY n.position""";

  private static final String RESULT_OF_WORKFLOW =
      "SELECT result FROM workflow WHERE id = :workflow";
  private static final String ARTIFACT =
      "SELECT result FROM task WHERE id = :task AND result_type = :type AND result IS NOT NULL";

  private record Result(String type, byte[] body, long bytes, boolean isOver) {}

  /** What a result is of: a task, or a workflow if that is not 0. */
  private record Source(TaskKey task, long workflow) {}

  private record Member(NodeKey key, int position, Output output, Source source) {}

  /** Finds nodes. */
  @FunctionalInterface
  interface Nodes {
    Optional<NodeRecord> find(NodeKey key) throws SQLException;
  }

  /**
   * Where values are read.
   *
   * @param connection to read on
   * @param large reads those that are stored as artifacts
   */
  record From(Connection connection, LargeValues large) {}

  private final Connection connection;
  private final LargeValues large;
  private final long workflow;
  private final Nodes nodes;
  private long left = MAX_BYTES;
  private Map<NodeKey, List<NodeInstance>> changedMembers = Map.of();
  private ToIntFunction<NodeKey> positions = key -> 0;

  OutputValues(From from, long workflow, Nodes nodes) {
    this.connection = from.connection();
    this.large = from.large();
    this.workflow = workflow;
    this.nodes = nodes;
  }

  /** The same with the instances that a decision has changed, and not yet written. */
  OutputValues with(CompiledWorkflow compiled, Map<NodeKey, NodeInstance> changed) {
    changedMembers = new HashMap<>();
    for (NodeInstance instance : changed.values()) {
      if (compiled.placement(instance.key()).role() == Role.MEMBER) {
        NodeKey above = compiled.parent(instance.key()).orElseThrow();
        changedMembers.computeIfAbsent(above, key -> new ArrayList<>()).add(instance);
      }
    }
    positions = compiled::position;
    return this;
  }

  Object value(Output output) throws UnreadableOutputException, SQLException {
    if (output instanceof Output.Value value) {
      return value.json();
    }
    return output instanceof Output.Result result
        ? result(nodes.find(result.key()).orElseThrow())
        : gathered(((Output.Gathered) output).key());
  }

  private Object result(NodeRecord node) throws UnreadableOutputException, SQLException {
    return result(node.instance().key(), new Source(node.task(), node.subWorkflow()));
  }

  private Object result(NodeKey key, Source source) throws UnreadableOutputException, SQLException {
    return source.workflow() == 0
        ? result(key, source.task())
        : resultOfWorkflow(key, source.workflow());
  }

  private Object resultOfWorkflow(NodeKey key, long sub)
      throws UnreadableOutputException, SQLException {
    Optional<Output> output =
        NamedSql.on(connection, RESULT_OF_WORKFLOW)
            .set("workflow", sub)
            .first(row -> StateJson.output(row.getString("result")));
    if (output.isEmpty()) {
      throw new UnreadableOutputException(
          "OUTPUT_EXPIRED", "the workflow of node " + key + " is no longer kept");
    }
    NodeRows rows = new NodeRows(connection, sub);
    OutputValues inside =
        new OutputValues(
            new From(connection, large), sub, one -> rows.find(List.of(one)).stream().findFirst());
    inside.left = left;
    Object value = inside.value(output.get());
    left = inside.left;
    return value;
  }

  /** The artifact that an output is stored as; empty for any other. */
  Optional<Payload> artifact(Output output) throws SQLException {
    if (!(output instanceof Output.Result result)) {
      return Optional.empty();
    }
    TaskKey task = nodes.find(result.key()).map(NodeRecord::task).orElse(TaskKey.NONE);
    return NamedSql.on(connection, ARTIFACT)
        .set("task", task)
        .set("type", Payload.REFERENCE)
        .first(row -> new Payload(Payload.REFERENCE, row.getBytes(1)));
  }

  private List<Object> gathered(NodeKey parent) throws UnreadableOutputException, SQLException {
    int size = nodes.find(parent).map(found -> found.instance().counts().size()).orElse(0);
    List<Object> values = new ArrayList<>(Collections.nCopies(size, null));
    List<Member> members =
        NamedSql.on(connection, MEMBERS)
            .set("workflow", workflow)
            .set("parent", parent.nodeId())
            .set("index", NodeColumns.index(parent))
            .set("succeeded", NodeState.SUCCEEDED.code())
            .list(OutputValues::member);
    for (Member member : members) {
      boolean own =
          member.output() instanceof Output.Result result && result.key().equals(member.key());
      values.set(
          member.position(), own ? result(member.key(), member.source()) : value(member.output()));
    }
    for (NodeInstance member : changedMembers.getOrDefault(parent, List.of())) {
      boolean succeeded = member.state() == NodeState.SUCCEEDED;
      values.set(positions.applyAsInt(member.key()), succeeded ? value(member.output()) : null);
    }
    return values;
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(
        NodeColumns.key(row),
        row.getInt("position"),
        StateJson.output(row.getString("output")),
        new Source(new TaskKey(row.getLong("task")), row.getLong("sub_workflow")));
  }

  private Object result(NodeKey key, TaskKey task) throws UnreadableOutputException, SQLException {
    Optional<Result> found =
        NamedSql.on(connection, RESULT)
            .set("task", task)
            .set("most", left)
            .first(
                row ->
                    new Result(
                        row.getString("result_type"),
                        row.getBytes("result"),
                        row.getLong("bytes"),
                        row.getBoolean("is_over")));
    if (found.isEmpty() || found.get().isOver()) {
      throw new UnreadableOutputException(
          "OUTPUT_EXPIRED", "the result of node " + key + " is no longer kept");
    }
    take(key, found.get().bytes());
    return found.get().type() == null ? null : json(key, found.get());
  }

  /** One that is stored as an artifact reads like any other, up to the same size. */
  private Payload whole(NodeKey key, Payload payload)
      throws UnreadableOutputException, SQLException {
    Optional<ArtifactReference> artifact = payload.reference();
    if (artifact.isEmpty()) {
      return payload;
    }
    take(key, artifact.get().sizeBytes());
    try {
      return new Payload(artifact.get().contentType(), large.read(artifact.get()));
    } catch (Refusal gone) {
      throw new UnreadableOutputException(
          "OUTPUT_EXPIRED", "the result of node " + key + ": " + gone.getMessage());
    } catch (IOException away) {
      throw new SQLException("the result of node " + key + " cannot be read now", away);
    }
  }

  private void take(NodeKey key, long bytes) throws UnreadableOutputException {
    if (bytes > left) {
      throw new UnreadableOutputException(
          "INPUT_TOO_LARGE",
          "with the output of node " + key + " the value is larger than " + MAX_BYTES + " bytes");
    }
    left -= bytes;
  }

  private Object json(NodeKey key, Result result) throws UnreadableOutputException, SQLException {
    Payload payload = whole(key, new Payload(result.type(), result.body()));
    if (!payload.isJson()) {
      throw new UnreadableOutputException(
          "OUTPUT_NOT_JSON", "the result of node " + key + " is " + payload.contentType());
    }
    try {
      return payload.body().length == 0 ? null : JsonValue.read(payload.body());
    } catch (IOException malformed) {
      throw new UnreadableOutputException(
          "OUTPUT_NOT_JSON", "the result of node " + key + ": " + malformed.getMessage());
    }
  }
}
