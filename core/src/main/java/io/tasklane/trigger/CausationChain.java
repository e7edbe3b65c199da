package io.tasklane.trigger;

import java.util.Map;
import java.util.TreeMap;

/**
 * How often each trigger stands in the chain of causes of an event or a workflow. An event that a
 * task publishes has the chain of its workflow; a workflow has those of the events that started it,
 * and its trigger once more. A trigger that stands in its own chain too often is refused, so that a
 * cycle of any length ends.
 *
 * @param counts trigger to how often, each at least 1
 */
public record CausationChain(Map<String, Integer> counts) {
  /** How often a trigger may stand in its own chain. */
  public static final int MAX_REPEATS = 3;

  /** How many starts of triggers a chain may have in all. */
  public static final int MAX_LENGTH = 64;

  /** Caused by no trigger. */
  public static final CausationChain NONE = new CausationChain(Map.of());

  /** Copies the counts. */
  public CausationChain {
    counts = Map.copyOf(counts);
  }

  /** Whether a trigger may start something with this chain. */
  public boolean allow(String trigger) {
    return counts.getOrDefault(trigger, 0) < MAX_REPEATS
        && counts.values().stream().mapToInt(Integer::intValue).sum() < MAX_LENGTH;
  }

  /** The chain of what this trigger starts. */
  public CausationChain and(String trigger) {
    Map<String, Integer> more = new TreeMap<>(counts);
    more.merge(trigger, 1, Integer::sum);
    return new CausationChain(more);
  }

  /** The chain of what is started by events with this chain and that one. */
  public CausationChain mergedWith(CausationChain other) {
    Map<String, Integer> most = new TreeMap<>(counts);
    other.counts.forEach((trigger, count) -> most.merge(trigger, count, Math::max));
    return new CausationChain(most);
  }
}
