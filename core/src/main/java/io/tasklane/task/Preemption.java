package io.tasklane.task;

import io.tasklane.key.TaskKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides which runs of a queue are preempted by waiting tasks. */
public final class Preemption {
  /**
   * A ready task.
   *
   * @param task its name, "tasks/{task}"
   * @param priority its priority, 1 to 10
   * @param orderKey its position; the smallest starts first
   */
  public record Waiting(String task, int priority, long orderKey) {}

  /**
   * A run whose task is preemptible.
   *
   * @param task key of the task
   * @param priority its priority, 1 to 10
   * @param orderKey the position it would return to
   * @param asked whether it has been asked to yield already
   */
  public record Candidate(TaskKey task, int priority, long orderKey, boolean asked) {}

  private Preemption() {}

  /**
   * The tasks whose runs are asked to yield now. A run yields only to a task of higher priority
   * that would start before it; of several runs the one with the lowest priority yields first, and
   * of equals the one that was created last.
   *
   * @param waiting the first ready tasks, in the order in which they would start
   * @param freeSlots runs that may start beside those under way, 0 or more
   * @param runs under way
   * @return for the key of each task that yields, the name of the task that it yields to
   */
  public static Map<TaskKey, String> asked(
      List<Waiting> waiting, int freeSlots, List<Candidate> runs) {
    long givingWay = runs.stream().filter(Candidate::asked).count();
    List<Candidate> left =
        new ArrayList<>(
            runs.stream()
                .filter(run -> !run.asked())
                .sorted(
                    Comparator.comparingInt(Candidate::priority)
                        .thenComparing(Comparator.comparing(Candidate::task).reversed()))
                .toList());
    Map<TaskKey, String> asked = new LinkedHashMap<>();
    for (Waiting next : waiting.stream().skip(freeSlots + givingWay).toList()) {
      left.stream()
          .filter(run -> run.priority() < next.priority() && run.orderKey() > next.orderKey())
          .findFirst()
          .ifPresent(
              run -> {
                left.remove(run);
                asked.put(run.task(), next.task());
              });
    }
    return asked;
  }
}
