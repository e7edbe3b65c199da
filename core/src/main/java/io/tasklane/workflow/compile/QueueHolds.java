package io.tasklane.workflow.compile;

import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.QueueRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The strict order of queues. A queue that a later node of a chain runs is held from the start of
 * the workflow on: its waiting tasks do not start until the first node that runs it does. Tasks
 * that the workflow itself created are not held; a node before it could never end otherwise.
 */
public final class QueueHolds {
  private final Map<String, String> firstNodes;

  private QueueHolds(Map<String, String> firstNodes) {
    this.firstNodes = firstNodes;
  }

  static QueueHolds of(Map<String, Placement> placements) {
    Map<String, Optional<String>> first = new LinkedHashMap<>();
    placements.forEach(
        (id, at) -> {
          if (at.node().kind() instanceof QueueRun run) {
            first.putIfAbsent(
                run.queue(), run.hold() && isLater(at) ? Optional.of(id) : Optional.empty());
          }
        });
    Map<String, String> held = new LinkedHashMap<>();
    first.forEach((queue, node) -> node.ifPresent(id -> held.put(queue, id)));
    return new QueueHolds(held);
  }

  /** Whether it, or one above it, has another node of a chain before it. */
  private static boolean isLater(Placement at) {
    Optional<Placement> above = at.parent();
    return above.isPresent()
        && (above.get().node().kind() instanceof Chain
                && at.role() == Role.MEMBER
                && at.position() > 0
            || isLater(above.get()));
  }

  /** The queues that are held when the workflow starts. */
  public Set<String> queues() {
    return firstNodes.keySet();
  }

  /** The node whose start ends the hold of a queue; empty if it is not held. */
  public Optional<String> endsWith(String queue) {
    return Optional.ofNullable(firstNodes.get(queue));
  }
}
