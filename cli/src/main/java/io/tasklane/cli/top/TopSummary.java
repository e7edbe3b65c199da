package io.tasklane.cli.top;

import io.tasklane.v1.QueueStats;
import io.tasklane.v1.Worker;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The lines at the top: what there is altogether. */
final class TopSummary {
  private TopSummary() {}

  static String counts(TopFigures figures) {
    Collection<QueueStats> queues = figures.queues().values();
    long waiting = queues.stream().mapToLong(QueueStats::getDepth).sum();
    long running = queues.stream().mapToLong(q -> q.getCountByStateOrDefault("RUNNING", 0)).sum();
    return queues.size() + " queues  " + waiting + " waiting  " + running + " running";
  }

  /** The nodes that own queues, each with how many. */
  static String nodes(TopFigures figures) {
    Map<String, Long> owned =
        figures.queues().values().stream()
            .map(QueueStats::getOwnerNode)
            .filter(node -> !node.isEmpty())
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    String names =
        owned.entrySet().stream()
            .map(each -> each.getKey() + " (" + each.getValue() + " queues)")
            .collect(Collectors.joining(", "));
    return "nodes    " + (names.isEmpty() ? "none owns a queue" : names);
  }

  /** The workers by their states, and how busy they are. */
  static String workers(TopFigures figures) {
    if (figures.workers().isEmpty()) {
      return "workers  not served";
    }
    List<Worker> all = figures.workers().get();
    if (all.isEmpty()) {
      return "workers  none";
    }
    String states =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    worker -> worker.getState().name().substring("STATE_".length()),
                    TreeMap::new,
                    Collectors.counting()))
            .entrySet()
            .stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining("  "));
    List<Worker> present = all.stream().filter(TopSummary::isPresent).toList();
    int busy = present.stream().mapToInt(Worker::getBusySlots).sum();
    int slots = present.stream().mapToInt(Worker::getSlots).sum();
    return "workers  " + states + "  busy " + busy + " of " + slots + " slots";
  }

  private static boolean isPresent(Worker worker) {
    return worker.getState() != Worker.State.STATE_LOST
        && worker.getState() != Worker.State.STATE_STOPPED;
  }
}
