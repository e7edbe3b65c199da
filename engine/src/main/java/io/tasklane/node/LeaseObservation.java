package io.tasklane.node;

import io.tasklane.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds nodes that have not renewed for a whole lease, measured on this observer's own monotonic
 * clock: neither the clocks of others nor steps of this one matter.
 */
final class LeaseObservation {
  private record Observed(NodeLeaseRow.Seen seen, long since) {}

  private final Map<String, Observed> observed = new HashMap<>();
  private final Ticker ticker;
  private final Duration lease;

  LeaseObservation(Ticker ticker, Duration lease) {
    this.ticker = ticker;
    this.lease = lease;
  }

  /** Takes what was just read. Returns the nodes that did not renew for a whole lease. */
  List<NodeLeaseRow.Seen> observe(List<NodeLeaseRow.Seen> living) {
    observed.keySet().retainAll(living.stream().map(NodeLeaseRow.Seen::name).toList());
    for (NodeLeaseRow.Seen seen : living) {
      Observed before = observed.get(seen.name());
      if (before == null || !before.seen().equals(seen)) {
        observed.put(seen.name(), new Observed(seen, ticker.nanos()));
      }
    }
    return living.stream()
        .filter(seen -> ticker.since(observed.get(seen.name()).since()).compareTo(lease) >= 0)
        .toList();
  }

  /** The connection was lost: starts every measurement again. */
  void forget() {
    observed.clear();
  }

  /** Whether a former start of the node that holds this file is over. */
  boolean isOver(NodeLeaseRow.Seen before, NodeFile mine) {
    boolean heldByThisStartNow = before.file().equals(mine.file()) && !before.file().id().isEmpty();
    return heldByThisStartNow
        || NodeFile.isFree(before.file())
        || !observe(List.of(before)).isEmpty();
  }
}
