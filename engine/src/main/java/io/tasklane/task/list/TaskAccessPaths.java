package io.tasklane.task.list;

import io.tasklane.api.TaskOrder;
import io.tasklane.api.TaskQuery;
import io.tasklane.database.Sql;
import io.tasklane.filter.TaskFilter;
import io.tasklane.key.QueueKey;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The access paths of a query, one for each condition of its filter. */
final class TaskAccessPaths {
  private final TaskFilter filter;
  private final boolean byEnd;
  private final StateAccessPaths states;
  private final List<TaskKind> kinds;

  /**
   * The access paths of this query.
   *
   * @param queues keys of the queues that match its filter
   * @param kinds of tasks that its filter can match, if it asks for any
   */
  TaskAccessPaths(TaskQuery query, Collection<QueueKey> queues, List<TaskKind> kinds) {
    this.filter = query.filter();
    this.byEnd = query.order() == TaskOrder.LAST_ENDED_FIRST;
    this.states = new StateAccessPaths(queues);
    this.kinds = kinds;
  }

  /** One path for each condition; each finds all matching tasks, and others too. */
  List<AccessPath> all() {
    List<AccessPath> ways = new ArrayList<>();
    for (Map.Entry<String, String> label : filter.labels().entrySet()) {
      ways.add(
          AccessPath.of(
              "labels." + label.getKey(),
              by(
                  "task_label w WHERE w.key = ? AND w.value = ?",
                  label.getKey(),
                  label.getValue())));
    }
    filter.failureCode().ifPresent(code -> ways.add(byFailure(code)));
    boolean kindFirst = filter.taskType().isPresent() || filter.priority().isPresent();
    if (kindFirst) {
      ways.add(byKind());
    }
    if (!filter.states().isEmpty() && !byEnd) {
      ways.add(states.to(filter.states()));
    }
    if (filter.queue().isPresent() && !kindFirst && !byEnd) {
      ways.add(byKind());
    }
    if (!filter.createTime().isUnbounded()) {
      ways.add(byCreation());
    }
    if (byEnd || !filter.endTime().isUnbounded()) {
      ways.add(states.toEnds(ends(), filter.endTime()));
    }
    return ways;
  }

  /** The path with the order of the list, along which a page is looked for. */
  AccessPath inOrder() {
    if (byEnd) {
      return filter.failureCode().isPresent()
          ? byFailureAndEnd(filter.failureCode().get())
          : states.toEnds(ends(), filter.endTime());
    }
    if (!filter.createTime().isUnbounded()) {
      return byCreation();
    }
    return all().stream()
        .filter(way -> way.parts().get(0).time().isEmpty())
        .findFirst()
        .orElse(
            AccessPath.of("", SortedAccessPath.of(Sql.of("FROM task w WHERE true"), "", "w.id")));
  }

  /** Whether every task on this path matches the whole filter. */
  boolean isExact(AccessPath way) {
    return way.covers().containsAll(conditions());
  }

  /**
   * Whether no task can match: there is none of that kind, or the filter asks for the end time of
   * tasks that have not ended.
   */
  boolean isEmpty() {
    return states.queues().isEmpty()
        || TaskKind.isAskedBy(filter) && kinds.isEmpty()
        || (byEnd || !filter.endTime().isUnbounded()) && ends().isEmpty();
  }

  private List<String> conditions() {
    List<String> all = new ArrayList<>();
    filter.labels().keySet().forEach(key -> all.add("labels." + key));
    filter.failureCode().ifPresent(v -> all.add("failure.code"));
    filter.taskType().ifPresent(v -> all.add("task_type"));
    filter.priority().ifPresent(v -> all.add("priority"));
    filter.queue().ifPresent(v -> all.add("queue"));
    if (!filter.states().isEmpty()) {
      all.add("state");
    }
    if (!filter.createTime().isUnbounded()) {
      all.add("create_time");
    }
    if (!filter.endTime().isUnbounded()) {
      all.add("end_time");
    }
    return all;
  }

  private Set<TaskState> ends() {
    return StateAccessPaths.finalOf(filter.states());
  }

  private static SortedAccessPath by(String rows, Object... values) {
    return SortedAccessPath.of(Sql.of("FROM " + rows, values), "", "w.task");
  }

  private AccessPath byKind() {
    return new AccessPath(
        Set.of("queue", "task_type", "priority"), List.of(SortedAccessPath.of(kinds)));
  }

  private static AccessPath byFailure(String code) {
    return AccessPath.of("failure.code", by("task_end w WHERE w.failure_code = ?", code));
  }

  private AccessPath byFailureAndEnd(String code) {
    Sql rows =
        Sql.of("FROM task_end w WHERE w.failure_code = ?", code)
            .then(Sql.within("w.end_time", filter.endTime()));
    return new AccessPath(
        Set.of("failure.code", "end_time"),
        List.of(SortedAccessPath.of(rows, "w.end_time", "w.task")));
  }

  private AccessPath byCreation() {
    Sql rows =
        Sql.of("FROM task w WHERE true").then(Sql.within("w.create_time", filter.createTime()));
    return AccessPath.of("create_time", SortedAccessPath.of(rows, "w.create_time", "w.id"));
  }
}
