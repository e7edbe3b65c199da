package io.tasklane.client;

import io.tasklane.v1.Chain;
import io.tasklane.v1.Condition;
import io.tasklane.v1.ForEach;
import io.tasklane.v1.Group;
import io.tasklane.v1.Node;
import io.tasklane.v1.Task;
import java.util.List;
import java.util.Map;

/**
 * Builds the nodes of workflow trees. They get their ids when the workflow is started, unless they
 * were given one; what these methods lack is set in the builders that they return.
 */
public final class Nodes {
  private Nodes() {}

  /**
   * A task; its output is the task's result. In a chain it gets the output of the node before under
   * the key "input".
   */
  public static Node.Builder task(Task task) {
    return Node.newBuilder().setTask(task);
  }

  /**
   * A task whose input is computed when it starts.
   *
   * @param expressions keys of the input to CEL, for example "symbol" to "item"
   */
  public static Node.Builder task(Task task, Map<String, String> expressions) {
    Node.Builder node = task(task);
    node.getTaskExpressionsBuilder().putAllInput(expressions);
    return node;
  }

  /** One after the other: it stops at the first that fails; its output is that of the last. */
  public static Node.Builder chain(Node.Builder... nodes) {
    Chain.Builder chain = Chain.newBuilder();
    List.of(nodes).forEach(chain::addNodes);
    return Node.newBuilder().setChain(chain);
  }

  /** Side by side; its output is the list of outputs. */
  public static Node.Builder group(Node.Builder... nodes) {
    Group.Builder group = Group.newBuilder();
    List.of(nodes).forEach(group::addNodes);
    return Node.newBuilder().setGroup(group);
  }

  /**
   * A copy of the node for each element of a list, whose expressions read item and index; its
   * output is the list of their outputs.
   *
   * @param items CEL, for example "inputs.symbols"
   */
  public static Node.Builder forEach(String items, Node.Builder node) {
    return Node.newBuilder().setForEach(ForEach.newBuilder().setItems(items).setNode(node));
  }

  /** Gives those without an id "node-1", "node-2" and so on, from the root down. */
  static Node named(Node.Builder root) {
    name(root, 0);
    return root.build();
  }

  private static int name(Node.Builder node, int last) {
    int number = last;
    if (node.getNodeId().isEmpty()) {
      node.setNodeId("node-" + ++number);
    }
    for (Node.Builder inner : inside(node)) {
      number = name(inner, number);
    }
    return node.hasOnFailure() ? name(node.getOnFailureBuilder(), number) : number;
  }

  private static List<Node.Builder> inside(Node.Builder node) {
    return switch (node.getKindCase()) {
      case CHAIN -> node.getChainBuilder().getNodesBuilderList();
      case GROUP -> node.getGroupBuilder().getNodesBuilderList();
      case FOR_EACH -> List.of(node.getForEachBuilder().getNodeBuilder());
      case CONDITION -> branches(node.getConditionBuilder());
      case EVENT_WAIT ->
          node.getEventWait().hasThen()
              ? List.of(node.getEventWaitBuilder().getThenBuilder())
              : List.of();
      default -> List.of();
    };
  }

  private static List<Node.Builder> branches(Condition.Builder condition) {
    return condition.hasOtherwise()
        ? List.of(condition.getThenBuilder(), condition.getOtherwiseBuilder())
        : List.of(condition.getThenBuilder());
  }
}
