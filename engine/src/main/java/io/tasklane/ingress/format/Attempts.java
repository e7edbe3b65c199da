package io.tasklane.ingress.format;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Numbers of retries, which are one less than those of attempts. */
final class Attempts {
  private static final String RETRIES = "max_retries";

  private Attempts() {}

  /** Moves "max_retries" from a neighbour's message. */
  static void ofRetries(ObjectNode from, ObjectNode to) {
    new Fields(from, "")
        .number(RETRIES, 0, 99)
        .ifPresent(n -> to.putObject("retry_policy").put("maximum_attempts", n + 1));
    from.remove(RETRIES);
  }
}
