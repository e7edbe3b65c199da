package io.tasklane.task.recover;

import io.tasklane.key.FencingToken;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.recover.Suspect.Place;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether the head of a queue may start on a node while there are suspects. At most one suspect
 * runs on a node at a time, and for the first seconds after a loss nothing runs beside it. So a
 * task that kills its node soon after its start is lost alone, and takes no other with it again.
 */
public enum Turn {
  /** It may start. */
  START,
  /** It stays the head, and its queue waits. */
  WAIT,
  /** It lets the tasks behind it go first, so that its queue does not stand still for it. */
  STAND_ASIDE;

  /**
   * Decides.
   *
   * @param task key of the head
   * @param queue key of its queue
   * @param suspects all there are
   * @param othersRun whether the node runs anything
   * @param at the present
   */
  public static Turn of(
      TaskKey task, QueueKey queue, List<Suspect> suspects, boolean othersRun, Instant at) {
    Optional<Suspect> self = suspects.stream().filter(s -> s.task().equals(task)).findAny();
    List<Suspect> others = suspects.stream().filter(s -> !s.task().equals(task)).toList();
    boolean alone = self.filter(suspect -> suspect.hasNodeAlone(at)).isPresent();
    if (self.isPresent() && others.stream().anyMatch(other -> other.isOnTrial(at))) {
      return alone ? WAIT : STAND_ASIDE;
    }
    if (alone) {
      return othersRun || others.stream().anyMatch(goesBefore(queue, suspects, at)) ? WAIT : START;
    }
    // those of its own queue stand behind it
    boolean passes = self.isPresent();
    return others.stream()
            .anyMatch(other -> other.hasNodeAlone(at) && !(passes && other.queue().equals(queue)))
        ? WAIT
        : START;
  }

  /**
   * What began last before the node went down is suspected most: the queue that it is in goes
   * first.
   */
  private static Predicate<Suspect> goesBefore(QueueKey queue, List<Suspect> suspects, Instant at) {
    FencingToken latest =
        suspects.stream()
            .filter(suspect -> suspect.queue().equals(queue) && suspect.place() != Place.ELSEWHERE)
            .map(Suspect::token)
            .max(Comparator.naturalOrder())
            .orElse(FencingToken.NONE);
    return other ->
        !other.queue().equals(queue)
            && other.token().compareTo(latest) > 0
            && other.hasNodeAlone(at);
  }
}
