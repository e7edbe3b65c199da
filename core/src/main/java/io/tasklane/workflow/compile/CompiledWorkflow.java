package io.tasklane.workflow.compile;

import io.tasklane.condition.Expression;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.WorkflowDefinition;
import java.util.Map;
import java.util.Optional;

/**
 * A definition that was checked, ready to run. It may be kept as long as its version, and used by
 * several threads at once.
 */
public final class CompiledWorkflow {
  private final WorkflowDefinition definition;
  private final Map<String, Placement> placements;
  private final Map<String, Map<ExpressionField, Expression>> expressions;
  private final Optional<Expression> result;
  private final QueueHolds holds;

  CompiledWorkflow(
      WorkflowDefinition definition,
      Map<String, Placement> placements,
      Map<String, Map<ExpressionField, Expression>> expressions,
      Optional<Expression> result) {
    this.definition = definition;
    this.placements = placements;
    this.expressions = expressions;
    this.result = result;
    this.holds = QueueHolds.of(placements);
  }

  /** What was compiled. */
  public WorkflowDefinition definition() {
    return definition;
  }

  /** The expression for its result; without one the output of the root is the result. */
  public Optional<Expression> result() {
    return result;
  }

  /** The queues that wait for their nodes. */
  public QueueHolds holds() {
    return holds;
  }

  /** The root. */
  public NodeKey root() {
    return NodeKey.of(definition.root().id());
  }

  /** Whether it has such a node. */
  public boolean contains(String nodeId) {
    return placements.containsKey(nodeId);
  }

  /** Where a node stands. */
  public Placement placement(NodeKey key) {
    return placement(key.nodeId());
  }

  /** Where a node stands. */
  public Placement placement(String nodeId) {
    return Optional.ofNullable(placements.get(nodeId))
        .orElseThrow(() -> new IllegalArgumentException("there is no node " + nodeId));
  }

  /** An expression of a node; empty if it has none there. */
  public Optional<Expression> expression(String nodeId, ExpressionField field) {
    return Optional.ofNullable(expressions.getOrDefault(nodeId, Map.of()).get(field));
  }

  /** All expressions of a node. */
  public Map<ExpressionField, Expression> expressions(String nodeId) {
    return expressions.getOrDefault(nodeId, Map.of());
  }

  /** The one above it; empty for the root. */
  public Optional<NodeKey> parent(NodeKey key) {
    Placement at = placement(key);
    return at.parent().map(above -> key.enclosing(above.id(), above.loops().size()));
  }

  /** The child at this position: a copy, if it is a for-each. */
  public NodeKey child(NodeKey key, int position) {
    Node node = placement(key).node();
    return node.kind() instanceof ForEach each
        ? key.copy(each.node().id(), position)
        : key.sibling(node.kind().children().get(position).id());
  }

  /** Its position among the children of the one above it. */
  public int position(NodeKey key) {
    Placement at = placement(key);
    boolean copy =
        at.role() == Role.MEMBER
            && at.parent().filter(above -> above.node().kind() instanceof ForEach).isPresent();
    return copy ? key.position() : at.position();
  }
}
