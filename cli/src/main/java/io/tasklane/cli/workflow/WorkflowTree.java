package io.tasklane.cli.workflow;

import io.tasklane.v1.Node;
import io.tasklane.v1.NodeStatus;
import io.tasklane.v1.Workflow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tree of a workflow with the states of its nodes; copies of a for-each are counted. */
final class WorkflowTree {
  private final Node root;
  private final Map<String, Map<List<Integer>, NodeStatus>> statuses = new LinkedHashMap<>();

  WorkflowTree(Node root, List<NodeStatus> nodes) {
    this.root = root;
    update(nodes);
  }

  /** Takes over how these nodes are now. */
  void update(List<NodeStatus> nodes) {
    for (NodeStatus node : nodes) {
      statuses
          .computeIfAbsent(node.getNodeId(), id -> new LinkedHashMap<>())
          .put(node.getIndexList(), node);
    }
  }

  /** A line for the workflow, and one for each node. */
  List<String> lines(Workflow workflow) {
    List<String> lines = new ArrayList<>();
    String failure =
        workflow.hasFailure()
            ? "  " + workflow.getFailure().getCode() + ": " + workflow.getFailure().getMessage()
            : "";
    lines.add(workflow.getName() + "  " + WorkflowView.label(workflow) + failure);
    add(lines, root, "", 1);
    return lines;
  }

  private void add(List<String> lines, Node node, String role, int depth) {
    lines.add("  ".repeat(depth) + role + node.getNodeId() + "  " + line(node));
    for (Node child : children(node)) {
      add(lines, child, "", depth + 1);
    }
    if (node.hasOnFailure()) {
      add(lines, node.getOnFailure(), "on failure: ", depth + 1);
    }
  }

  private String line(Node node) {
    Collection<NodeStatus> copies = copies(node);
    if (copies.size() != 1) {
      return counts(node);
    }
    NodeStatus only = copies.iterator().next();
    return label(only)
        + (only.getTask().isEmpty() ? "" : "  " + only.getTask())
        + (only.hasFailure() ? "  " + only.getFailure().getCode() : "");
  }

  private Collection<NodeStatus> copies(Node node) {
    return statuses.getOrDefault(node.getNodeId(), Map.of()).values();
  }

  /** The state of a node, or how many of its copies are in which. */
  String counts(Node node) {
    Collection<NodeStatus> copies = copies(node);
    if (copies.isEmpty()) {
      return "-";
    }
    if (copies.size() > 1) {
      return copies.stream()
          .collect(
              Collectors.groupingBy(WorkflowTree::label, LinkedHashMap::new, Collectors.counting()))
          .entrySet()
          .stream()
          .map(count -> count.getValue() + " " + count.getKey())
          .collect(Collectors.joining(", "));
    }
    return label(copies.iterator().next());
  }

  /** The worst state of its copies: one that failed, or else runs; empty if none has started. */
  Optional<String> state(Node node) {
    return copies(node).stream()
        .max(Comparator.comparingInt(WorkflowTree::weight))
        .map(WorkflowTree::label);
  }

  private static int weight(NodeStatus node) {
    return switch (node.getState()) {
      case STATE_FAILED -> 4;
      case STATE_RUNNING -> 3;
      case STATE_CANCELLED -> 2;
      case STATE_WAITING, STATE_PAUSED -> 1;
      default -> 0;
    };
  }

  private static String label(NodeStatus node) {
    return WorkflowView.label(node.getState().name());
  }

  /** The nodes right below one, without its branch for failures. */
  static List<Node> children(Node node) {
    return switch (node.getKindCase()) {
      case CHAIN -> node.getChain().getNodesList();
      case GROUP -> node.getGroup().getNodesList();
      case FOR_EACH -> List.of(node.getForEach().getNode());
      case CONDITION ->
          node.getCondition().hasOtherwise()
              ? List.of(node.getCondition().getThen(), node.getCondition().getOtherwise())
              : List.of(node.getCondition().getThen());
      case EVENT_WAIT ->
          node.getEventWait().hasThen() ? List.of(node.getEventWait().getThen()) : List.of();
      default -> List.of();
    };
  }
}
