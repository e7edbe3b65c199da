package io.tasklane.bench.faults.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Draws what is broken when. The same seed, time and number of nodes give the same plan. */
public final class FaultPlan {
  private static final long FIRST_MILLIS = 4_000;
  private static final long SHORTEST_GAP_MILLIS = 6_000;
  private static final long LONGEST_GAP_MILLIS = 18_000;

  private final SplittableRandom random;
  private final int nodes;
  private final List<FaultKind> deck = new ArrayList<>();

  private FaultPlan(long seed, int nodes) {
    this.random = new SplittableRandom(seed);
    this.nodes = nodes;
  }

  /**
   * Draws a plan.
   *
   * @param seed of the generator
   * @param time for which it lasts
   * @param nodes how many there are
   */
  public static List<Fault> draw(long seed, Duration time, int nodes) {
    FaultPlan plan = new FaultPlan(seed, nodes);
    List<Fault> faults = new ArrayList<>();
    long at = FIRST_MILLIS;
    while (at < time.toMillis()) {
      faults.add(plan.next(faults.size() + 1, at));
      at += plan.random.nextLong(SHORTEST_GAP_MILLIS, LONGEST_GAP_MILLIS);
    }
    return faults;
  }

  private Fault next(int number, long at) {
    FaultKind kind = nextKind();
    int node = random.nextInt(nodes);
    return switch (kind) {
      case KILL_NODE, KILL_BROKER, KILL_DATABASE -> new Fault(number, at, kind, node, 0, 0);
      case STOP_NODE -> new Fault(number, at, kind, node, random.nextLong(8_000, 12_000), 0);
      case CUT_DATABASE, CUT_BROKER ->
          new Fault(number, at, kind, node, random.nextLong(100, 12_000), 0);
      case DELAY_DATABASE, DELAY_BROKER ->
          new Fault(
              number, at, kind, node, random.nextLong(3_000, 10_000), random.nextInt(10, 200));
      case DOUBLE_MESSAGES ->
          new Fault(number, at, kind, node, random.nextLong(500, 8_000), random.nextInt(20, 300));
    };
  }

  /** As from a pack of cards, so that a short plan has all kinds too. */
  private FaultKind nextKind() {
    if (deck.isEmpty()) {
      for (FaultKind kind : FaultKind.values()) {
        deck.addAll(Collections.nCopies(kind.share(), kind));
      }
    }
    return deck.remove(random.nextInt(deck.size()));
  }
}
