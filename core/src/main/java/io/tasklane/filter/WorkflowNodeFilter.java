package io.tasklane.filter;

import io.tasklane.naming.Identifier;
import io.tasklane.workflow.state.NodeState;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which nodes of a workflow to list: {@code state}, of which several are joined by OR, and {@code
 * node_id}, each with {@code =}.
 *
 * @param states any of these; empty means all
 * @param nodeId all copies of this node; empty means all nodes
 */
public record WorkflowNodeFilter(Set<NodeState> states, Optional<String> nodeId) {
  /** Copies the states. */
  public WorkflowNodeFilter {
    states = Set.copyOf(states);
  }

  /**
   * Parses a filter; a blank text matches every node.
   *
   * @throws FilterException with the position and what is allowed there
   */
  public static WorkflowNodeFilter parse(String text) {
    Set<NodeState> states = new LinkedHashSet<>();
    Optional<String> node = Optional.empty();
    for (List<Comparison> anyOf : Filter.parse(text).allOf()) {
      Comparison first = anyOf.get(0);
      if (first.field().equals("state")) {
        AnyState.read(anyOf, WorkflowNodeFilter::state, states);
      } else if (!first.field().equals("node_id")) {
        throw new FilterException(
            first.position(),
            "\"" + first.field() + "\" is not allowed here: state and node_id are");
      } else if (anyOf.size() > 1) {
        throw new FilterException(anyOf.get(1).position(), "OR is allowed between states only");
      } else if (node.isPresent()) {
        throw first.twice();
      } else {
        node = Optional.of(nodeId(Conditions.requireEquals(first)));
      }
    }
    return new WorkflowNodeFilter(states, node);
  }

  private static String nodeId(Comparison comparison) {
    if (!Identifier.isValid(comparison.value())) {
      throw comparison.refused(Identifier.ALLOWED);
    }
    return comparison.value();
  }

  private static NodeState state(Comparison comparison) {
    return Arrays.stream(NodeState.values())
        .filter(state -> state.name().equals(AnyState.name(comparison)))
        .findFirst()
        .orElseThrow(
            () ->
                comparison.refused(
                    Arrays.stream(NodeState.values())
                        .map(Enum::name)
                        .collect(Collectors.joining(", "))));
  }
}
