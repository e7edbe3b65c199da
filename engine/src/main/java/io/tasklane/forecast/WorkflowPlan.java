package io.tasklane.forecast;

import io.tasklane.task.Priority;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.compile.ExpressionField;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Group;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.Timer;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Phase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out what a workflow has still to do. */
final class WorkflowPlan {
  private static final double NANOS = 1e9;

  private final WorkflowRow workflow;
  private final Map<NodeKey, NodeRow> started;
  private final PlanContext context;
  private final String prefix;

  /**
   * The plan of a workflow.
   *
   * @param prefix before the ids of its nodes; empty for one that is not a node of another
   */
  WorkflowPlan(WorkflowRow workflow, PlanContext context, String prefix) throws SQLException {
    this.workflow = workflow;
    this.context = context;
    this.prefix = prefix;
    this.started =
        workflow.id() == 0 ? Map.of() : NodeRow.of(context.values().connection(), workflow.id());
  }

  /** All of it. */
  ForecastNode root() throws SQLException {
    NodeKey root = workflow.compiled().root();
    return left(root).orElseGet(() -> nothing(root));
  }

  private String id(NodeKey key) {
    return prefix + key.nodeId();
  }

  private ForecastNode nothing(NodeKey key) {
    return new ForecastNode.Pause(id(key), 0);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / NANOS;
  }

  /** What is left of a node; empty if it has ended. */
  private Optional<ForecastNode> left(NodeKey key) throws SQLException {
    Optional<NodeRow> row = Optional.ofNullable(started.get(key));
    if (row.filter(node -> node.state().isEnded()).isPresent()) {
      return Optional.empty();
    }
    Node node = workflow.compiled().placement(key).node();
    if (row.filter(found -> found.phase() != Phase.MAIN).isPresent()) {
      return left(key.sibling(node.onFailure().orElseThrow().id()));
    }
    return Optional.of(kind(key, node, row.filter(found -> found.state() == NodeState.RUNNING)));
  }

  private ForecastNode kind(NodeKey key, Node node, Optional<NodeRow> row) throws SQLException {
    if (node.kind() instanceof TaskNode task) {
      return work(key, task, row);
    }
    if (node.kind() instanceof Chain) {
      return new ForecastNode.InOrder(id(key), inOrder(key, node.kind().children().size()));
    }
    if (node.kind() instanceof Group group) {
      return new ForecastNode.SideBySide(
          id(key), children(key, group.nodes().size()), group.maximumParallel());
    }
    if (node.kind() instanceof ForEach each) {
      return new ForecastNode.SideBySide(id(key), copies(key, each, row), each.maximumParallel());
    }
    if (node.kind() instanceof Choice choice) {
      return branch(key, choice, row);
    }
    if (node.kind() instanceof EventWait wait) {
      return waiting(key, wait, row);
    }
    if (node.kind() instanceof Timer timer) {
      return timer(key, timer, row);
    }
    return node.kind() instanceof QueueRun run
        ? drain(key, run, row.isPresent())
        : new NestedPlan(workflow, context)
            .of(key, (SubWorkflow) node.kind(), row, id(key))
            .orElseGet(() -> nothing(key));
  }

  private ForecastNode work(NodeKey key, TaskNode task, Optional<NodeRow> row) throws SQLException {
    WorkKind kind = new WorkKind(task.request().queue(), task.request().taskType());
    context.use(kind.queue());
    int priority =
        task.priority()
            .or(workflow.compiled().definition()::priority)
            .orElse(Priority.DEFAULT)
            .value();
    if (row.isEmpty()) {
      return new ForecastNode.Work(id(key), kind, priority, ForecastNode.Start.FUTURE);
    }
    Optional<NodeRow.OpenTask> open = row.get().task();
    return open.isEmpty()
        ? nothing(key)
        : new ForecastNode.Work(id(key), kind, priority, start(kind.queue(), open.get()));
  }

  private ForecastNode.Start start(String queue, NodeRow.OpenTask task) {
    context.own(queue, task.key());
    return switch (task.state()) {
      case RUNNING, CANCELLING -> new ForecastNode.Start.Running(seconds(task.elapsed()));
      case QUEUED, OFFERED -> new ForecastNode.Start.Waiting(context.place(queue, task.key()));
      default -> new ForecastNode.Start.Later(seconds(task.delay()));
    };
  }

  private List<ForecastNode> children(NodeKey key, int count) throws SQLException {
    List<ForecastNode> children = new ArrayList<>();
    for (int position = 0; position < count; position++) {
      left(workflow.compiled().child(key, position)).ifPresent(children::add);
    }
    return children;
  }

  /** A chain ends with the first member that ends badly. */
  private List<ForecastNode> inOrder(NodeKey key, int count) throws SQLException {
    List<ForecastNode> members = new ArrayList<>();
    boolean goesOn = true;
    for (int position = 0; position < count && goesOn; position++) {
      NodeKey member = workflow.compiled().child(key, position);
      left(member).ifPresent(members::add);
      goesOn = !endsBadly(member);
    }
    return members;
  }

  /** Whether it has ended badly, or cannot end otherwise any more. */
  private boolean endsBadly(NodeKey key) {
    NodeRow row = started.get(key);
    Node node = workflow.compiled().placement(key).node();
    if (row == null || row.state().isEnded()) {
      return row != null && row.state().isBad();
    }
    boolean ignores =
        node.kind() instanceof Group group && group.policy() == FailurePolicy.IGNORE
            || node.kind() instanceof ForEach each && each.policy() == FailurePolicy.IGNORE;
    return row.bad() > 0 && !ignores && node.onFailure().isEmpty();
  }

  /** Copies that have not started are all alike. */
  private List<ForecastNode> copies(NodeKey key, ForEach each, Optional<NodeRow> row)
      throws SQLException {
    int count = row.isPresent() ? row.get().size() : expected(key, each);
    List<ForecastNode> copies = new ArrayList<>();
    ForecastNode future = null;
    for (int position = 0; position < count; position++) {
      NodeKey copy = workflow.compiled().child(key, position);
      if (started.containsKey(copy)) {
        left(copy).ifPresent(copies::add);
      } else {
        future = future == null ? left(copy).orElseGet(() -> nothing(copy)) : future;
        copies.add(future);
      }
    }
    return copies;
  }

  private int expected(NodeKey key, ForEach each) throws SQLException {
    Optional<Object> items =
        context
            .values()
            .of(
                workflow.compiled().expression(key.nodeId(), ExpressionField.ITEMS),
                workflow.inputs());
    if (items.isPresent() && items.get() instanceof List<?> list) {
      return each.copies(list.size());
    }
    context.assume("the list of " + id(key) + " is not known yet: it counts as one copy");
    return 1;
  }

  private ForecastNode branch(NodeKey key, Choice choice, Optional<NodeRow> row)
      throws SQLException {
    int branches = choice.children().size();
    Optional<Object> known =
        context
            .values()
            .of(
                workflow.compiled().expression(key.nodeId(), ExpressionField.CONDITION),
                workflow.inputs());
    if (row.isPresent()) {
      return row.get().size() == 0 ? nothing(key) : only(key, row.get().branch());
    }
    if (known.isPresent()) {
      int taken = Boolean.TRUE.equals(known.get()) ? 0 : 1;
      return taken < branches ? only(key, taken) : nothing(key);
    }
    context.assume("the condition of " + id(key) + " is not decided yet: each way is as likely");
    ForecastNode otherwise = branches == 1 ? nothing(key) : only(key, 1);
    return new ForecastNode.OneOf(id(key), List.of(only(key, 0), otherwise));
  }

  private ForecastNode only(NodeKey key, int position) throws SQLException {
    NodeKey child = workflow.compiled().child(key, position);
    return new ForecastNode.InOrder(id(key), List.of(left(child).orElseGet(() -> nothing(child))));
  }

  private ForecastNode waiting(NodeKey key, EventWait wait, Optional<NodeRow> row)
      throws SQLException {
    if (row.filter(found -> found.size() > 0).isPresent()) {
      return new ForecastNode.InOrder(id(key), children(key, 1));
    }
    context.assume(
        "what " + id(key) + " waits for comes at once, because nothing says when it comes");
    return new ForecastNode.InOrder(id(key), children(key, wait.children().size()));
  }

  private ForecastNode timer(NodeKey key, Timer timer, Optional<NodeRow> row) {
    if (row.flatMap(NodeRow::due).isPresent()) {
      Duration left = Duration.between(context.values().now(), row.get().due().orElseThrow());
      return new ForecastNode.Pause(id(key), seconds(NodeRow.positive(left)));
    }
    if (timer.duration().isEmpty() && row.isEmpty()) {
      context.assume("the time of " + id(key) + " is not known yet: it counts as none");
    }
    Duration whole = row.isPresent() ? Duration.ZERO : timer.duration().orElse(Duration.ZERO);
    return new ForecastNode.Pause(id(key), seconds(whole));
  }

  private ForecastNode drain(NodeKey key, QueueRun run, boolean hasStarted) throws SQLException {
    context.use(run.queue());
    boolean holds =
        workflow.compiled().holds().endsWith(run.queue()).filter(key.nodeId()::equals).isPresent();
    return new ForecastNode.Drain(id(key), run.queue(), holds, hasStarted);
  }
}
