package io.tasklane.workflow.compile;

import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.definition.TaskNode;
import java.util.Collection;
import java.util.HashSet;
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
  private final Set<String> ownQueues;

  private QueueHolds(Map<String, String> firstNodes, Set<String> ownQueues) {
    this.firstNodes = firstNodes;
    this.ownQueues = ownQueues;
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
    return new QueueHolds(held, ownQueues(placements.values(), held.keySet()));
  }

  /** A workflow inside of this one may have tasks anywhere. */
  private static Set<String> ownQueues(Collection<Placement> placements, Set<String> held) {
    Set<String> own = new HashSet<>();
    for (Placement at : placements) {
      if (at.node().kind() instanceof SubWorkflow) {
        own.addAll(held);
      } else if (at.node().kind() instanceof TaskNode task) {
        own.add(task.request().queue());
      }
    }
    return own;
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

  /** Whether tasks of the workflow itself may wait in this queue while it is held. */
  public boolean mayPass(String queue) {
    return ownQueues.contains(queue);
  }

  /** The node whose start ends the hold of a queue; empty if it is not held. */
  public Optional<String> endsWith(String queue) {
    return Optional.ofNullable(firstNodes.get(queue));
  }
}
