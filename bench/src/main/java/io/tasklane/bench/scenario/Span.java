package io.tasklane.bench.scenario;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

/** From one recorded time to another. */
record Span(Timestamp start, Timestamp end) {
  double seconds() {
    return TaskCalls.secondsBetween(start, end);
  }

  /** The shortest span that holds both. */
  Span and(Span other) {
    return new Span(
        Timestamps.compare(start, other.start) <= 0 ? start : other.start,
        Timestamps.compare(end, other.end) >= 0 ? end : other.end);
  }
}
