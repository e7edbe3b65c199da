package io.tasklane.workflow.run;

import io.tasklane.workflow.NodeKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a decision may ask of the stored workflow. Each answer is loaded when it is asked for. */
public interface Loaded {
  /** An instance; empty if the node has not started. */
  Optional<Instance> instance(NodeKey key);

  /**
   * Instances right below one, those of its branch for failures included, in order of position.
   *
   * @param parent the one above
   * @param states in one of these
   * @param limit at most so many
   */
  List<NodeKey> children(NodeKey parent, Set<NodeState> states, int limit);

  /** Instances that are held, in the order in which they were. */
  List<NodeKey> held();

  /** The inputs of the workflow, by name. */
  Object inputs();

  /** The value of a fact; empty if there is none, or it has expired now. */
  Optional<Object> fact(String name);

  /**
   * The value of an output.
   *
   * @throws UnreadableOutputException if it is too large to be read by an expression
   */
  Object value(Output output) throws UnreadableOutputException;

  /** The time, by the clock of the database; the same during one decision. */
  Instant now();
}
