package io.tasklane.bench.faults.load;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Sharing;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws the tasks that kill their nodes: the first soon, and whenever it runs; of the others some
 * do so only once.
 */
final class KillerPlan {
  private static final long FIRST_MILLIS = 8_000;
  // The end of one that always kills takes three deaths of nodes and the starts after them.
  private static final long SHORTEST_GAP_MILLIS = 80_000;
  private static final long LONGEST_GAP_MILLIS = 140_000;

  private final List<LoadQueue> queues;
  private final SplittableRandom random;
  private int count;
  private long dueMillis = FIRST_MILLIS;

  /**
   * A plan that is drawn as it goes.
   *
   * @param queues where tasks go
   * @param random its own
   */
  KillerPlan(List<LoadQueue> queues, SplittableRandom random) {
    this.queues = queues;
    this.random = random;
  }

  /** When the next task is due, counted from the beginning of all. */
  long dueMillis() {
    return dueMillis;
  }

  /** The next task. */
  Work next() {
    int kills = count++ % 2 == 0 ? Behaviour.ALWAYS : 1;
    dueMillis += random.nextLong(SHORTEST_GAP_MILLIS, LONGEST_GAP_MILLIS);
    return new Work(
        "killer-" + count,
        queues.get(random.nextInt(queues.size())).name(),
        random.nextInt(1, 11),
        Behaviour.killer(kills),
        true,
        List.of(),
        -1,
        Sharing.NONE,
        true);
  }
}
