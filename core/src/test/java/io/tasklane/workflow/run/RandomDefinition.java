package io.tasklane.workflow.run;

import io.tasklane.workflow.definition.EventWait.OnTimeout;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Node;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Random workflows of 1 to 200 nodes. */
final class RandomDefinition {
  private static final FailurePolicy[] POLICIES = FailurePolicy.values();

  private final RandomGenerator random;
  private int left;
  private int named;

  private final boolean faulty;
  private final int most;
  private final boolean storable;

  RandomDefinition(RandomGenerator random) {
    this(random, false);
  }

  /** Faulty ones have expressions without a value among theirs. */
  RandomDefinition(RandomGenerator random, boolean faulty) {
    this(random, faulty, 200, false);
  }

  private RandomDefinition(RandomGenerator random, boolean faulty, int most, boolean storable) {
    this.random = random;
    this.faulty = faulty;
    this.most = most;
    this.storable = storable;
  }

  /** Definitions of at most so many nodes, of the kinds that a store without templates runs. */
  static RandomDefinition storable(RandomGenerator random, int most) {
    return new RandomDefinition(random, false, most, true);
  }

  Node next() {
    left = 1 + random.nextInt(most);
    named = 0;
    return node(5);
  }

  private Node node(int depth) {
    left--;
    Node node = depth == 0 || left <= 0 ? leaf() : inner(depth);
    return random.nextInt(8) == 0 && depth > 0 && left > 0 ? node.onFailure(node(depth - 1)) : node;
  }

  private Node inner(int depth) {
    String id = id();
    return switch (random.nextInt(8)) {
      case 0, 1 -> Nodes.chain(id, nodes(depth));
      case 2, 3 -> Nodes.group(id, policy(), random.nextInt(4), nodes(depth));
      case 4 ->
          random.nextBoolean()
              ? Nodes.cond(id, yesOrNo(), node(depth - 1))
              : Nodes.cond(id, yesOrNo(), node(depth - 1), node(depth - 1));
      case 5 ->
          Nodes.each(
              id, items(), 1 + random.nextInt(2), random.nextInt(3), policy(), node(depth - 1));
      case 6 -> wait(id, Optional.of(node(depth - 1)));
      default -> leaf();
    };
  }

  private Node leaf() {
    String id = id();
    return switch (random.nextInt(6)) {
      case 0 -> Nodes.timer(id);
      case 1 -> wait(id, Optional.empty());
      case 2 -> storable ? Nodes.task(id) : Nodes.queue(id, "QUEUE", policy());
      default -> Nodes.task(id);
    };
  }

  private Node wait(String id, Optional<Node> then) {
    return storable
        ? Nodes.approval(id, late(), then)
        : Nodes.await(id, "acc.go", Optional.empty(), late(), then);
  }

  private Node[] nodes(int depth) {
    Node[] all = new Node[1 + random.nextInt(6)];
    for (int i = 0; i < all.length; i++) {
      all[i] = node(depth - 1);
    }
    return all;
  }

  private String id() {
    return "n" + named++;
  }

  private FailurePolicy policy() {
    return POLICIES[random.nextInt(POLICIES.length)];
  }

  private OnTimeout late() {
    return OnTimeout.values()[random.nextInt(3)];
  }

  private String yesOrNo() {
    if (faulty && random.nextInt(3) == 0) {
      return "inputs.absent";
    }
    return random.nextBoolean() ? "true" : "false";
  }

  private String items() {
    if (faulty && random.nextInt(3) == 0) {
      return "inputs.absent";
    }
    return new String[] {"[]", "[1]", "[1, 2]", "[1, 2, 3]", "[1, 2, 3, 4, 5]"}[random.nextInt(5)];
  }
}
