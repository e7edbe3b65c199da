package io.tasklane.retention;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How many of each kind one clean-up has removed so far. For one thread. */
public final class RemovalCounts {
  private final Map<Removed, Long> counts = new EnumMap<>(Removed.class);

  /** Nothing yet. */
  public RemovalCounts() {}

  /** Adds removed ones of this kind. */
  public void add(Removed kind, long count) {
    counts.merge(kind, count, Long::sum);
  }

  /** How many of this kind were removed. */
  public long of(Removed kind) {
    return counts.getOrDefault(kind, 0L);
  }

  /** Every kind with its count, such as "results 3, tasks 12". */
  @Override
  public String toString() {
    return Arrays.stream(Removed.values())
        .map(kind -> kind.column().replace('_', ' ') + " " + of(kind))
        .collect(Collectors.joining(", "));
  }
}
