package io.tasklane.workflow.store;

import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.WorkflowDefinition;
import java.util.HashMap;
import java.util.Map;

/** The places of nodes in a definition: each before all below it, its branch for failures last. */
public final class NodeOrder {
  private final Map<String, Integer> places = new HashMap<>();

  /** The order of a definition that was checked. */
  public NodeOrder(WorkflowDefinition definition) {
    add(definition.root());
  }

  private void add(Node node) {
    places.put(node.id(), places.size());
    node.kind().children().forEach(this::add);
    node.onFailure().ifPresent(this::add);
  }

  /** The place of a node, from 0. */
  public int of(String nodeId) {
    return places.get(nodeId);
  }
}
