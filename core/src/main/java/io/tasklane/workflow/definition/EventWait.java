package io.tasklane.workflow.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Waits for an event that is published after the wait began, or for approvals.
 *
 * @param eventType exact type, or a prefix that ends in ".*"; empty with approvals
 * @param condition CEL that yields a boolean; an error fails the node; empty matches every event
 * @param timeout from its start; empty waits for ever
 * @param onTimeout what happens then
 * @param approvals 0 for none, else 1 to 5 decisions of as many principals
 * @param then runs with the event, or with the decisions, as its input
 */
public record EventWait(
    String eventType,
    Optional<String> condition,
    Optional<Duration> timeout,
    OnTimeout onTimeout,
    int approvals,
    Optional<Node> then)
    implements NodeKind {
  /** What the end of the waiting time means. */
  public enum OnTimeout {
    /** The node fails, kind TIMEOUT; the default. */
    FAIL,
    /** The node is skipped, with all below it. */
    SKIP,
    /** The node goes on without an event. */
    CONTINUE
  }

  @Override
  public List<Node> children() {
    return then.stream().toList();
  }
}
