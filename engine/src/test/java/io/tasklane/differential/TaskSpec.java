package io.tasklane.differential;

import io.tasklane.dependency.DependencyPolicy;
import java.util.List;
import java.util.Map;

/**
 * A task that a script creates. Hours count from the begin of the script; 0 sets no limit.
 *
 * @param name final part of its name
 * @param queue id of its queue
 * @param type name of its type
 * @param priority 1 to 10
 * @param attempts at most
 * @param backoffMinutes before the second attempt, doubling up to four hours
 * @param needs tasks that must end first, in this order
 * @param deduplicationKey empty for none
 * @param orderingKey empty for none
 * @param units of resources
 * @param runAfterHour not before
 * @param expireHour started by then
 * @param queueHours longest wait for the first start
 * @param totalHours from the first start to the end
 * @param preemptible whether it may give way
 * @param labels free pairs
 */
record TaskSpec(
    String name,
    String queue,
    String type,
    int priority,
    int attempts,
    int backoffMinutes,
    List<Need> needs,
    String deduplicationKey,
    String orderingKey,
    Map<String, Integer> units,
    int runAfterHour,
    int expireHour,
    int queueHours,
    int totalHours,
    boolean preemptible,
    Map<String, String> labels) {
  /** A task that must end first. */
  record Need(String task, DependencyPolicy policy) {}

  /** The failure code that no task of a script tries again. */
  static final String NO_RETRY = "NO_RETRY";

  /** Hours that a result is kept. */
  static final int RESULT_HOURS = 24;

  /** What a task of this name is given. */
  static String input(String name) {
    return "{\"of\":\"" + name + "\"}";
  }

  /** A copy that needs nothing, has no key and starts at once, for a task that is run again. */
  TaskSpec again(String copy) {
    return new TaskSpec(
        copy,
        queue,
        type,
        priority,
        attempts,
        backoffMinutes,
        List.of(),
        "",
        "",
        Map.of(),
        0,
        0,
        0,
        totalHours,
        preemptible,
        labels);
  }

  /** The same, needing these. */
  TaskSpec needing(List<Need> others) {
    return new TaskSpec(
        name,
        queue,
        type,
        priority,
        attempts,
        backoffMinutes,
        others,
        deduplicationKey,
        orderingKey,
        units,
        runAfterHour,
        expireHour,
        queueHours,
        totalHours,
        preemptible,
        labels);
  }
}
