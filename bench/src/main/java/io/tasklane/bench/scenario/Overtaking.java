package io.tasklane.bench.scenario;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.util.List;

/**
 * The time in which no task of lower priority may start: from when a task of high priority was
 * known to be durable until it started. It is empty where the task started before its creation was
 * even answered.
 */
record Overtaking(Timestamp durable, Timestamp start) {

  /** How many of these starts lie in it. */
  long count(List<Timestamp> starts) {
    return starts.stream()
        .filter(time -> Timestamps.compare(time, durable) > 0)
        .filter(time -> Timestamps.compare(time, start) < 0)
        .count();
  }
}
