package io.tasklane.workflow.decision;

import io.tasklane.fact.Fact;
import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.state.NodeInstance;
import io.tasklane.workflow.state.NodeState;
import io.tasklane.workflow.state.Output;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the stored workflow for a decision, each part only when it is needed. The answers are the
 * same during one decision.
 */
public interface WorkflowReader {
  /** An instance; empty if the node has not started. */
  Optional<NodeInstance> instance(NodeKey key);

  /**
   * Instances right below one, those of its branch for failures included, in order of position.
   *
   * @param parent the one above
   * @param states in one of these
   * @param limit at most so many
   */
  List<NodeKey> children(NodeKey parent, Set<NodeState> states, int limit);

  /** Instances in the state PAUSED, in the order in which they were paused. */
  List<NodeKey> paused();

  /** The inputs of the workflow, by name. */
  Object inputs();

  /** A fact; empty if there is none of this name, or it has expired now. */
  Optional<Fact> fact(String name);

  /**
   * The value of an output.
   *
   * @param changed instances that this decision has changed, which go before the stored ones: the
   *     last member of a group has ended in it
   * @throws UnreadableOutputException if it is too large to be read by an expression
   */
  Object value(Output output, Map<NodeKey, NodeInstance> changed) throws UnreadableOutputException;

  /** The time, by the clock of the database; the same during one decision. */
  Instant now();
}
