package io.tasklane.trigger;

import java.util.Map;
import java.util.TreeMap;

/**
 * How often each trigger stands in the chain of causes of an event or a workflow: the event that a
 * task publishes has the causes of its workflow, and a workflow those of the events that started
 * it, and its trigger once more. It breaks rings of any length.
 *
 * @param counts trigger to how often, each at least 1
 */
public record Causes(Map<String, Integer> counts) {
  /** How often a trigger may stand in its own chain. */
  public static final int MAX_REPEATS = 3;

  /** How many starts of triggers a chain may have in all. */
  public static final int MAX_LENGTH = 64;

  /** Caused by no trigger. */
  public static final Causes NONE = new Causes(Map.of());

  /** Copies the counts. */
  public Causes {
    counts = Map.copyOf(counts);
  }

  /** Whether a trigger may start something that has these causes. */
  public boolean allow(String trigger) {
    return counts.getOrDefault(trigger, 0) < MAX_REPEATS
        && counts.values().stream().mapToInt(Integer::intValue).sum() < MAX_LENGTH;
  }

  /** The causes of what this trigger starts. */
  public Causes and(String trigger) {
    Map<String, Integer> more = new TreeMap<>(counts);
    more.merge(trigger, 1, Integer::sum);
    return new Causes(more);
  }

  /** The causes of what is started by events with these and those causes. */
  public Causes mergedWith(Causes other) {
    Map<String, Integer> most = new TreeMap<>(counts);
    other.counts.forEach((trigger, count) -> most.merge(trigger, count, Math::max));
    return new Causes(most);
  }
}
