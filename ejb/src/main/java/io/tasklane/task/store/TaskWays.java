package io.tasklane.task.store;

import io.tasklane.app.TaskOrder;
import io.tasklane.app.TaskQuery;
import io.tasklane.filter.TaskFilter;
import io.tasklane.store.Sql;
import io.tasklane.task.TaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ways into the tasks that a query opens, one behind each condition of its filter. */
final class TaskWays {
  private final TaskFilter filter;
  private final boolean byEnd;
  private final StateWays states;

  /**
   * The ways of this query.
   *
   * @param queues keys of the queues that its filter leaves
   */
  TaskWays(TaskQuery query, Collection<Integer> queues) {
    this.filter = query.filter();
    this.byEnd = query.order() == TaskOrder.LAST_ENDED_FIRST;
    this.states = new StateWays(queues);
  }

  /** One for each condition; each brings all tasks that match, and others too. */
  List<Way> all() {
    List<Way> ways = new ArrayList<>();
    for (Map.Entry<String, String> label : filter.labels().entrySet()) {
      ways.add(
          Way.of(
              "labels." + label.getKey(),
              by(
                  "task_label w WHERE w.key = ? AND w.value = ?",
                  label.getKey(),
                  label.getValue())));
    }
    filter.failureCode().ifPresent(code -> ways.add(byFailure(code)));
    filter.taskType().ifPresent(type -> ways.add(column("task_type", type)));
    filter.priority().ifPresent(value -> ways.add(column("priority", value)));
    if (!filter.states().isEmpty() && !byEnd) {
      ways.add(states.to(filter.states()));
    }
    if (filter.queue().isPresent() && !byEnd) {
      states.queues().forEach(queue -> ways.add(column("queue", queue)));
    }
    if (!filter.createTime().isUnbounded()) {
      ways.add(byCreation());
    }
    if (byEnd || !filter.endTime().isUnbounded()) {
      ways.add(states.toEnds(ends(), filter.endTime()));
    }
    return ways;
  }

  /** The one whose order is the list's: that along which a page is looked for. */
  Way inOrder() {
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
        .orElse(Way.of("", SortedWay.of(Sql.of("FROM task w WHERE true"), "", "w.id")));
  }

  /** Whether every task along this way matches the whole filter. */
  boolean isExact(Way way) {
    return way.covers().containsAll(conditions());
  }

  /** Whether no task can match, because what has not ended is asked for by its end. */
  boolean isEmpty() {
    return states.queues().isEmpty()
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
    return StateWays.finalOf(filter.states());
  }

  private static SortedWay by(String rows, Object... values) {
    return SortedWay.of(Sql.of("FROM " + rows, values), "", "w.task");
  }

  private static Way column(String column, Object value) {
    return Way.of(column, SortedWay.of(new SortedWay.Lead("w." + column, value)));
  }

  private static Way byFailure(String code) {
    return Way.of("failure.code", by("task_end w WHERE w.failure_code = ?", code));
  }

  private Way byFailureAndEnd(String code) {
    Sql rows =
        Sql.of("FROM task_end w WHERE w.failure_code = ?", code)
            .then(Sql.within("w.end_time", filter.endTime()));
    return new Way(
        Set.of("failure.code", "end_time"), List.of(SortedWay.of(rows, "w.end_time", "w.task")));
  }

  private Way byCreation() {
    Sql rows =
        Sql.of("FROM task w WHERE true").then(Sql.within("w.create_time", filter.createTime()));
    return Way.of("create_time", SortedWay.of(rows, "w.create_time", "w.id"));
  }
}
