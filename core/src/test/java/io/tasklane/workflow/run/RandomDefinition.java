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

  RandomDefinition(RandomGenerator random) {
    this(random, false);
  }

  /** Faulty ones have expressions without a value among theirs. */
  RandomDefinition(RandomGenerator random, boolean faulty) {
    this.random = random;
    this.faulty = faulty;
  }

  Node next() {
    left = 1 + random.nextInt(200);
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
      case 6 -> Nodes.await(id, "acc.go", Optional.empty(), late(), Optional.of(node(depth - 1)));
      default -> leaf();
    };
  }

  private Node leaf() {
    String id = id();
    return switch (random.nextInt(6)) {
      case 0 -> Nodes.timer(id);
      case 1 -> Nodes.await(id, "acc.go", Optional.empty(), late(), Optional.empty());
      case 2 -> Nodes.queue(id, "QUEUE", policy());
      default -> Nodes.task(id);
    };
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
