package io.tasklane.ordering;

import io.tasklane.key.TaskKey;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The unfinished tasks of one ordering key, of which one may run.
 *
 * @param turn the task that had the turn; empty where all that are in line rest
 * @param waiting tasks in line that do not rest; keys grow in the order of creation
 * @param resting tasks that wait for a retry and let others pass
 */
public record OrderingLine(Optional<TaskKey> turn, Set<TaskKey> waiting, Set<TaskKey> resting) {
  /** Copies the sets. */
  public OrderingLine {
    waiting = Set.copyOf(waiting);
    resting = Set.copyOf(resting);
  }

  /**
   * The task that has the turn now. It keeps it until it leaves the line or rests; then the first
   * that waits gets it. Empty where none waits.
   */
  public Optional<TaskKey> next() {
    return turn.filter(waiting::contains).or(() -> new TreeSet<>(waiting).stream().findFirst());
  }
}
