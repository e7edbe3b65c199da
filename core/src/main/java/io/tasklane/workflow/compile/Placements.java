package io.tasklane.workflow.compile;

import io.tasklane.workflow.compile.DefinitionFault.Reason;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.Choice;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Group;
import io.tasklane.workflow.definition.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds where every node of a definition stands, and refuses duplicates and trees too large. */
final class Placements {
  private final Map<String, Placement> byId = new LinkedHashMap<>();
  private final List<DefinitionFault> faults;
  private boolean full;

  Placements(List<DefinitionFault> faults) {
    this.faults = faults;
  }

  Map<String, Placement> of(Node root) {
    Optional<String> noWait = wait(root, Optional.empty());
    place(new Placement(root, "root", Optional.empty(), Role.ROOT, 0, List.of(), noWait));
    return byId;
  }

  private void place(Placement at) {
    if (full) {
      return;
    }
    if (byId.size() == WorkflowLimits.MAX_NODES) {
      full = true;
      refuse(at, Reason.WORKFLOW_TOO_LARGE, "more than " + WorkflowLimits.MAX_NODES + " nodes");
      return;
    }
    Placement other = byId.putIfAbsent(at.id(), at);
    if (other != null) {
      refuse(
          at,
          Reason.NODE_ID_DUPLICATE,
          "the node_id \"" + at.id() + "\" is also that of " + other.path());
    }
    if (at.depth() > WorkflowLimits.MAX_DEPTH) {
      refuse(at, Reason.WORKFLOW_TOO_LARGE, "deeper than " + WorkflowLimits.MAX_DEPTH + " levels");
      return;
    }
    List<Node> children = at.node().kind().children();
    for (int i = 0; i < children.size(); i++) {
      place(child(at, children.get(i), i));
    }
    at.node().onFailure().ifPresent(branch -> place(handler(at, branch)));
  }

  private void refuse(Placement at, Reason reason, String problem) {
    faults.add(new DefinitionFault(at.path() + ".node_id", reason, problem));
  }

  private static Placement child(Placement above, Node node, int position) {
    List<String> loops = new ArrayList<>(above.loops());
    if (above.node().kind() instanceof ForEach) {
      loops.add(above.id());
    }
    String path = above.path() + step(above, position);
    return new Placement(
        node, path, Optional.of(above), Role.MEMBER, position, loops, wait(node, above.waitId()));
  }

  /** A branch for failures stands beside its node: it sees no event that failed to come. */
  private static Placement handler(Placement above, Node node) {
    Optional<String> around = above.parent().flatMap(Placement::waitId);
    return new Placement(
        node,
        above.path() + ".on_failure",
        Optional.of(above),
        Role.HANDLER,
        0,
        above.loops(),
        wait(node, around));
  }

  private static Optional<String> wait(Node node, Optional<String> around) {
    return node.kind() instanceof EventWait ? Optional.of(node.id()) : around;
  }

  private static String step(Placement above, int position) {
    if (above.node().kind() instanceof Chain) {
      return ".chain.nodes[" + position + "]";
    }
    if (above.node().kind() instanceof Group) {
      return ".group.nodes[" + position + "]";
    }
    if (above.node().kind() instanceof Choice) {
      return position == 0 ? ".condition.then" : ".condition.otherwise";
    }
    return above.node().kind() instanceof ForEach ? ".for_each.node" : ".event_wait.then";
  }
}
