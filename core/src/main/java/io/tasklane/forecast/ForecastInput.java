package io.tasklane.forecast;

import io.tasklane.rollup.RollupCounts;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a forecast of a workflow is computed from.
 *
 * @param root what it has still to do
 * @param queues those in which something of it runs, by id
 * @param history what is known of tasks by their kind; of others nothing is
 * @param deadline seconds until it should have ended, negative where that is over; empty without
 */
public record ForecastInput(
    ForecastNode root,
    Map<String, QueueOutlook> queues,
    Map<WorkKind, RollupCounts> history,
    OptionalDouble deadline) {
  /** Copies the maps. */
  public ForecastInput {
    queues = Map.copyOf(queues);
    history = Map.copyOf(history);
  }

  /** What is known of the tasks of a queue, by type. */
  Map<String, RollupCounts> historyOf(String queue) {
    Map<String, RollupCounts> types = new HashMap<>();
    history.forEach(
        (kind, counts) -> {
          if (kind.queue().equals(queue)) {
            types.put(kind.taskType(), counts);
          }
        });
    return types;
  }

  /** The kinds of tasks that decide when it ends: its own, and those that wait where it drains. */
  Set<WorkKind> kinds() {
    Set<WorkKind> kinds = new TreeSet<>(Comparator.comparing(WorkKind::toString));
    add(root, kinds);
    return kinds;
  }

  private void add(ForecastNode node, Set<WorkKind> kinds) {
    if (node instanceof ForecastNode.Work work) {
      kinds.add(work.kind());
    }
    if (node instanceof ForecastNode.Drain drain) {
      queues
          .get(drain.queue())
          .waiting()
          .forEach(waiting -> kinds.add(new WorkKind(drain.queue(), waiting.taskType())));
    }
    ForecastRound.members(node).forEach(member -> add(member, kinds));
  }

  /** How many nodes there are, copies counted one by one. */
  long size() {
    return size(root);
  }

  private static long size(ForecastNode node) {
    return 1 + ForecastRound.members(node).stream().mapToLong(ForecastInput::size).sum();
  }
}
