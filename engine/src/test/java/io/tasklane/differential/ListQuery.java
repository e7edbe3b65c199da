package io.tasklane.differential;

import io.tasklane.task.state.TaskState;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A list that is asked for at the end of a script, as a filter and as its plain meaning. */
record ListQuery(
    String filter,
    Set<TaskState> states,
    String queue,
    String type,
    int priority,
    Map<String, String> labels,
    String failureCode,
    boolean isByEnd) {
  /** All that are asked for. */
  static final List<ListQuery> ALL =
      List.of(
          of("", "", "", 0, Map.of(), "", false),
          of("", "", "", 0, Map.of(), "", true),
          of("", "", "", 0, Map.of(), "", false, TaskState.QUEUED),
          of("", "", "", 0, Map.of(), "", false, TaskState.RUNNING, TaskState.CANCELLING),
          of("", "", "", 0, Map.of(), "", false, TaskState.BLOCKED, TaskState.SCHEDULED),
          of("", "", "", 0, Map.of(), "", false, TaskState.RETRY_WAIT),
          of("", "", "", 0, Map.of(), "", true, TaskState.FAILED),
          of("", "A", "", 0, Map.of(), "", false, TaskState.SUCCEEDED),
          of("", "B", "", 0, Map.of(), "", true, TaskState.CANCELLED, TaskState.SKIPPED),
          of("task_type = echo", "", "echo", 0, Map.of(), "", false),
          of("priority = 7", "", "", 7, Map.of(), "", false),
          of("labels.desk = us", "", "", 0, Map.of("desk", "us"), "", false),
          of("failure.code = FEED_DOWN", "", "", 0, Map.of(), "FEED_DOWN", false),
          of(
              "failure.code = DEPENDENCY_NOT_MET",
              "",
              "",
              0,
              Map.of(),
              "DEPENDENCY_NOT_MET",
              false));

  private static ListQuery of(
      String condition,
      String queue,
      String type,
      int priority,
      Map<String, String> labels,
      String failureCode,
      boolean byEnd,
      TaskState... states) {
    StringBuilder filter = new StringBuilder(condition);
    and(filter, queue.isEmpty() ? "" : "queue = " + queue);
    and(
        filter,
        String.join(" OR ", List.of(states).stream().map(state -> "state = " + state).toList()));
    return new ListQuery(
        filter.toString(), Set.of(states), queue, type, priority, labels, failureCode, byEnd);
  }

  private static void and(StringBuilder filter, String condition) {
    filter.append(filter.isEmpty() || condition.isEmpty() ? "" : " AND ").append(condition);
  }

  /** What it is called in a dump. */
  String text() {
    return "[" + filter + "]" + (isByEnd ? " by end" : "");
  }
}
