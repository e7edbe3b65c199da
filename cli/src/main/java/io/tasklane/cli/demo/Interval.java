package io.tasklane.cli.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * When something ran: from its start, which belongs to it, to its end, which does not.
 *
 * @param start first instant
 * @param end first instant after it, not before the start
 */
record Interval(Instant start, Instant end) {
  Interval {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("an interval ends at " + end + " before " + start);
    }
  }

  Duration length() {
    return Duration.between(start, end);
  }
}
