package io.tasklane.forecast;

import io.tasklane.key.TaskKey;
import io.tasklane.rollup.RollupCounts;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the plan of a workflow needs, and what it collects: queues, own tasks and assumptions. */
final class PlanContext {
  private static final int MOST_ASSUMPTIONS = 20;

  private final KnownValues values;
  private final Map<String, QueueLine> queues = new LinkedHashMap<>();
  private final Set<String> unknown = new LinkedHashSet<>();
  private final Map<String, Set<TaskKey>> own = new HashMap<>();
  private final Set<String> assumptions = new LinkedHashSet<>();

  PlanContext(KnownValues values) {
    this.values = values;
  }

  /** Values of expressions. */
  KnownValues values() {
    return values;
  }

  /** A task of the workflow is or will be in this queue. */
  void use(String queueId) throws SQLException {
    if (!queues.containsKey(queueId) && !unknown.contains(queueId)) {
      Optional<QueueLine> line = QueueLine.read(values.connection(), queueId, values.now());
      line.ifPresentOrElse(found -> queues.put(queueId, found), () -> unknown.add(queueId));
    }
  }

  /** A task of the workflow is in this queue. */
  void own(String queueId, TaskKey task) {
    own.computeIfAbsent(queueId, id -> new HashSet<>()).add(task);
  }

  /** The place of a task in its queue. */
  int place(String queueId, TaskKey task) {
    return queues.containsKey(queueId) ? queues.get(queueId).place(task) : 0;
  }

  /** Something had to be assumed; said to people. */
  void assume(String what) {
    if (assumptions.size() < MOST_ASSUMPTIONS) {
      assumptions.add(what);
    }
  }

  /** What had to be assumed, at most 20 things. */
  List<String> assumptions() {
    return List.copyOf(assumptions);
  }

  /** Why nothing can be said; empty if something can. */
  String missing() {
    if (!unknown.isEmpty()) {
      return "queues/" + unknown.iterator().next() + " does not exist";
    }
    return queues.entrySet().stream()
        .filter(entry -> entry.getValue().isPaused())
        .findFirst()
        .map(entry -> "queues/" + entry.getKey() + " is paused")
        .orElse("");
  }

  /** The queues without the tasks of the workflow. */
  Map<String, QueueOutlook> outlooks() {
    Map<String, QueueOutlook> outlooks = new HashMap<>();
    queues.forEach((id, line) -> outlooks.put(id, line.outlook(own.getOrDefault(id, Set.of()))));
    return outlooks;
  }

  /** What is known of the tasks in all these queues. */
  Map<WorkKind, RollupCounts> history() {
    Map<WorkKind, RollupCounts> history = new HashMap<>();
    queues.forEach(
        (id, line) ->
            line.history().forEach((type, counts) -> history.put(new WorkKind(id, type), counts)));
    return history;
  }
}
