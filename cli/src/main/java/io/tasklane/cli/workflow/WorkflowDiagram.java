package io.tasklane.cli.workflow;

import io.tasklane.v1.Node;
import io.tasklane.v1.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tree of a workflow as a flowchart of Mermaid: nodes that have others in them are boxes, those
 * of a chain are joined by arrows, and each has the colour of its state.
 */
final class WorkflowDiagram {
  private static final List<String> COLOURS =
      List.of(
          "classDef SUCCEEDED fill:#d3f2d8,stroke:#1a7f37",
          "classDef RUNNING fill:#d6e8ff,stroke:#0969da",
          "classDef FAILED fill:#ffd7d5,stroke:#cf222e",
          "classDef CANCELLED fill:#eaeef2,stroke:#57606a",
          "classDef SKIPPED fill:#f6f8fa,stroke:#afb8c1",
          "classDef PAUSED fill:#fff1c2,stroke:#9a6700",
          "classDef WAITING fill:#ffffff,stroke:#afb8c1");

  private final WorkflowTree tree;
  private final List<String> lines = new ArrayList<>();
  private final List<String> arrows = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();

  private WorkflowDiagram(WorkflowTree tree) {
    this.tree = tree;
  }

  /** The lines of the flowchart. */
  static List<String> lines(Workflow workflow) {
    WorkflowDiagram diagram =
        new WorkflowDiagram(new WorkflowTree(workflow.getRoot(), workflow.getNodeStatusesList()));
    List<String> all = new ArrayList<>();
    all.add("---");
    all.add("title: " + workflow.getName() + " " + WorkflowView.label(workflow));
    all.add("---");
    all.add("flowchart TD");
    diagram.add(workflow.getRoot(), 1);
    all.addAll(diagram.lines);
    diagram.arrows.forEach(arrow -> all.add("  " + arrow));
    COLOURS.forEach(colour -> all.add("  " + colour));
    return all;
  }

  /** Ids of nodes may be words of Mermaid, such as "end": each has a name of its own. */
  private String name(Node node) {
    return names.computeIfAbsent(node.getNodeId(), id -> "n" + names.size());
  }

  private void add(Node node, int depth) {
    String indent = "  ".repeat(depth);
    String label = '"' + node.getNodeId() + " " + kind(node) + "<br/>" + tree.counts(node) + '"';
    List<Node> children = WorkflowTree.children(node);
    if (children.isEmpty()) {
      lines.add(indent + name(node) + "[" + label + "]");
    } else {
      lines.add(indent + "subgraph " + name(node) + " [" + label + "]");
      children.forEach(child -> add(child, depth + 1));
      lines.add(indent + "end");
      join(node, children);
    }
    tree.state(node).ifPresent(state -> arrows.add("class " + name(node) + " " + state));
    if (node.hasOnFailure()) {
      add(node.getOnFailure(), depth);
      arrows.add(name(node) + " -. on failure .-> " + name(node.getOnFailure()));
    }
  }

  private void join(Node node, List<Node> children) {
    for (int i = 1; i < children.size() && node.hasChain(); i++) {
      arrows.add(name(children.get(i - 1)) + " --> " + name(children.get(i)));
    }
  }

  private static String kind(Node node) {
    return node.getKindCase().name().toLowerCase(Locale.ROOT);
  }
}
