package io.tasklane.workflow.compile;

import java.time.Duration;

/** How large a workflow may be. */
public final class WorkflowLimits {
  /** Nodes of one definition. */
  public static final int MAX_NODES = 10_000;

  /** Nodes above a node. */
  public static final int MAX_DEPTH = 32;

  /** Copies of one for-each. */
  public static final int MAX_COPIES = 100_000;

  /** Workflows around a workflow. */
  public static final int MAX_NESTING = 8;

  /** Principals that an approval may need. */
  public static final int MAX_APPROVALS = 5;

  /** The longest time limit, timer and wait. */
  public static final Duration LONGEST = Duration.ofDays(365);

  private WorkflowLimits() {}

  static String refusal(Duration length, Duration shortest) {
    return length + " is not allowed: " + shortest + " to " + LONGEST.toDays() + " days are";
  }
}
