package io.tasklane.task.list;

import io.tasklane.database.Sql;
import io.tasklane.filter.TimeRange;
import io.tasklane.key.QueueKey;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The access paths to tasks in certain states. There is no index on the state: waiting, running,
 * due and ended tasks have small tables of their own.
 *
 * @param queues keys of the queues that count
 */
record StateAccessPaths(Collection<QueueKey> queues) {
  private static final Set<TaskState> FINAL =
      Arrays.stream(TaskState.values())
          .filter(TaskState::isFinal)
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(TaskState.class)));

  private static final String RANKS = " CROSS JOIN unnest('{0,1}'::smallint[]) AS r (rank)";

  /** States whose own small table holds nothing else. */
  private static final Set<TaskState> EXACT = EnumSet.of(TaskState.QUEUED, TaskState.BLOCKED);

  /** The final states among these; all final states if none is requested. */
  static Set<TaskState> finalOf(Set<TaskState> states) {
    return states.isEmpty()
        ? FINAL
        : states.stream().filter(TaskState::isFinal).collect(Collectors.toSet());
  }

  /** The access path to tasks in these states, by their keys. */
  AccessPath to(Set<TaskState> states) {
    List<SortedAccessPath> parts = new ArrayList<>();
    Set<TaskState> ended = finalOf(states);
    if (!ended.isEmpty()) {
      parts.add(ended(ended, "", Sql.of("")));
    }
    if (states.contains(TaskState.QUEUED)) {
      parts.add(ready());
      parts.add(aged());
      parts.add(aside());
    }
    if (states.contains(TaskState.RUNNING)
        || states.contains(TaskState.CANCELLING)
        || states.contains(TaskState.OFFERED)) {
      parts.add(SortedAccessPath.of(Sql.of("FROM task_lease w WHERE true"), "", "w.task"));
    }
    if (states.contains(TaskState.BLOCKED)) {
      parts.add(blocked());
    }
    if (states.contains(TaskState.RETRY_WAIT) || states.contains(TaskState.SCHEDULED)) {
      parts.add(SortedAccessPath.of(Sql.of("FROM task_due w WHERE true"), "", "w.task"));
    }
    if (parts.isEmpty()) { // a state that no task ever has
      parts.add(SortedAccessPath.of(Sql.of("FROM task_lease w WHERE false"), "", "w.task"));
    }
    boolean exact = states.stream().allMatch(state -> state.isFinal() || EXACT.contains(state));
    return new AccessPath(exact ? Set.of("state", "queue") : Set.of(), parts);
  }

  /** The access path to tasks that ended in one of these states within this span, by their end. */
  AccessPath toEnds(Set<TaskState> states, TimeRange span) {
    SortedAccessPath part = ended(states, "w.end_time", Sql.within("w.end_time", span));
    return new AccessPath(Set.of("state", "queue", "end_time"), List.of(part));
  }

  private SortedAccessPath ended(Set<TaskState> states, String time, Sql more) {
    String codes = states.stream().map(s -> "" + s.code()).collect(Collectors.joining(","));
    Sql rows = Sql.of("FROM task_end w WHERE w.queue = g.queue AND w.state = s.state").then(more);
    String ofStates = " CROSS JOIN unnest('{" + codes + "}'::smallint[]) AS s (state)";
    return ofEach(ofStates, rows, time, states.size());
  }

  /** A group for each queue and each of so many rows of another FROM item. */
  private SortedAccessPath ofEach(String groups, Sql rows, String time, int count) {
    String keys = queues.stream().map(String::valueOf).collect(Collectors.joining(","));
    Sql all = Sql.of("unnest('{" + keys + "}'::int[]) AS g (queue)" + groups);
    return new SortedAccessPath(all, rows, Optional.empty(), time, "w.task", queues.size() * count);
  }

  private SortedAccessPath blocked() {
    return ofEach("", Sql.of("FROM task_blocked w WHERE w.queue = g.queue"), "", 1);
  }

  private SortedAccessPath ready() {
    Sql rows =
        Sql.of(
            "FROM task_ready w WHERE w.queue = g.queue AND w.rank = r.rank"
                + " AND w.order_key = p.order_key");
    String keys = " CROSS JOIN generate_series(-10::bigint, -1) AS p (order_key)";
    return ofEach(RANKS + keys, rows, "", 20);
  }

  /**
   * The order keys of queues with aging are times. There are as many as waiting tasks, so all of
   * them are sorted.
   */
  private SortedAccessPath aged() {
    Sql rows =
        Sql.of("FROM task_ready w WHERE w.queue = g.queue AND w.rank = r.rank AND w.order_key > 0");
    return ofEach(RANKS, rows, "", 2);
  }

  private SortedAccessPath aside() {
    return ofEach("", Sql.of("FROM task_aside w WHERE w.queue = g.queue"), "", 1);
  }
}
