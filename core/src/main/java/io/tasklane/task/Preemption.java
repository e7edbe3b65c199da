package io.tasklane.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Decides which runs of a queue are asked to give way to tasks that wait. */
public final class Preemption {
  /**
   * A task that is ready.
   *
   * @param priority its priority, 1 to 10
   * @param orderKey its place; the smallest goes first
   */
  public record Waiting(int priority, long orderKey) {}

  /**
   * A run whose task is preemptible.
   *
   * @param task key of the task
   * @param priority its priority, 1 to 10
   * @param orderKey the place it would go back to
   * @param asked whether it has been asked already
   */
  public record Candidate(long task, int priority, long orderKey, boolean asked) {}

  private Preemption() {}

  /**
   * The tasks whose runs are asked now. A run gives way only to a task of higher priority that
   * would indeed go before it; of several the one of the lowest priority gives way first, and of
   * equals the one that was created last.
   *
   * @param waiting the first that are ready, in the order in which they would start
   * @param freeSlots runs that may start beside those under way
   * @param runs under way
   */
  public static List<Long> asked(List<Waiting> waiting, int freeSlots, List<Candidate> runs) {
    long givingWay = runs.stream().filter(Candidate::asked).count();
    List<Candidate> left =
        new ArrayList<>(
            runs.stream()
                .filter(run -> !run.asked())
                .sorted(
                    Comparator.comparingInt(Candidate::priority)
                        .thenComparing(Comparator.comparingLong(Candidate::task).reversed()))
                .toList());
    List<Long> asked = new ArrayList<>();
    for (Waiting next : waiting.stream().skip(Math.max(0, freeSlots) + givingWay).toList()) {
      left.stream()
          .filter(run -> run.priority() < next.priority() && run.orderKey() > next.orderKey())
          .findFirst()
          .ifPresent(
              run -> {
                left.remove(run);
                asked.add(run.task());
              });
    }
    return asked;
  }
}
