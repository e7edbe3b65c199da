package io.tasklane.bench.faults.load;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Need;
import io.tasklane.bench.faults.record.Sharing;
import io.tasklane.dependency.DependencyPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what one client creates, one task after the other. */
final class WorkPlan {
  private static final int REMEMBERED = 40;
  private static final int MOST_NEEDS = 2;
  // Attempts of a task that is to succeed: more than an outage of the database can use up.
  private static final int PATIENT = 9;
  private static final int KEYS = 25;
  private static final int MOST_UNITS = 2;

  private final String prefix;
  private final List<LoadQueue> queues;
  private final SplittableRandom random;
  private final Deque<String> latest = new ArrayDeque<>();
  private int count;

  /**
   * A plan that is drawn as it goes.
   *
   * @param prefix of all ids
   * @param queues where tasks go
   * @param random the client's own
   */
  WorkPlan(String prefix, List<LoadQueue> queues, SplittableRandom random) {
    this.prefix = prefix;
    this.queues = queues;
    this.random = random;
  }

  /** The next task. It may need tasks that this plan gave before, which therefore must exist. */
  Work next() {
    String id = prefix + "-" + ++count;
    LoadQueue queue = queues.get(random.nextInt(queues.size()));
    Work work =
        new Work(
            id,
            queue.name(),
            random.nextInt(1, 11),
            behaviour(),
            chance(80),
            needs(),
            chance(4) ? random.nextLong(0, 3_000) : -1,
            sharing(queue),
            chance(50));
    latest.addLast("tasks/" + id);
    if (latest.size() > REMEMBERED) {
      latest.removeFirst();
    }
    return work;
  }

  private Sharing sharing(LoadQueue queue) {
    String key = chance(queue.keyed()) ? "key-" + random.nextInt(KEYS) : "";
    return new Sharing(key, chance(queue.bound()) ? random.nextInt(1, MOST_UNITS + 1) : 0);
  }

  private Behaviour behaviour() {
    int work = chance(3) ? random.nextInt(200, 1_000) : random.nextInt(0, 20);
    long backoff = random.nextLong(200, 1_000);
    if (chance(8)) {
      return mayThrow(new Behaviour(work, random.nextInt(1, 3), false, PATIENT, backoff));
    }
    if (chance(2)) { // fails as often as it is tried
      return mayThrow(new Behaviour(work, 2, false, 2, backoff));
    }
    return chance(2)
        ? new Behaviour(work, random.nextInt(0, 2), true, 3, backoff)
        : new Behaviour(work, 0, false, PATIENT, backoff);
  }

  private Behaviour mayThrow(Behaviour fails) {
    String error = Behaviour.ERRORS.get(random.nextInt(Behaviour.ERRORS.size()));
    return chance(50) ? fails.throwing(error) : fails;
  }

  private List<Need> needs() {
    List<Need> needs = new ArrayList<>();
    if (latest.isEmpty() || !chance(12)) {
      return needs;
    }
    List<String> known = new ArrayList<>(latest);
    int wanted = Math.min(known.size(), random.nextInt(1, MOST_NEEDS + 1));
    while (needs.size() < wanted) {
      needs.add(new Need(known.remove(random.nextInt(known.size())), policy()));
    }
    return needs;
  }

  private DependencyPolicy policy() {
    if (chance(70)) {
      return DependencyPolicy.ON_SUCCESS;
    }
    return chance(75) ? DependencyPolicy.ON_END : DependencyPolicy.ON_FAILURE;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
