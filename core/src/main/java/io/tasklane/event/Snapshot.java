package io.tasklane.event;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions a query has seen, in the terms of PostgreSQL's pg_snapshot.
 *
 * @param lowest all transactions below it are seen
 * @param next no transaction from it on is seen
 * @param running those in between that are not seen
 */
public record Snapshot(long lowest, long next, Set<Long> running) {
  /** Parses PostgreSQL's text form, xmin:xmax:xip_list. */
  public static Snapshot parse(String text) {
    String[] parts = text.split(":", -1);
    Set<Long> running =
        Arrays.stream(parts[2].split(","))
            .filter(id -> !id.isEmpty())
            .map(Long::parseLong)
            .collect(Collectors.toUnmodifiableSet());
    return new Snapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
  }

  /** Whether what this transaction wrote was seen. */
  public boolean hasSeen(long transaction) {
    return transaction < lowest || (transaction < next && !running.contains(transaction));
  }
}
