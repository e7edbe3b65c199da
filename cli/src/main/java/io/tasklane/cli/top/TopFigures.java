package io.tasklane.cli.top;

import io.tasklane.v1.QueueStats;
import io.tasklane.v1.Worker;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the server said last.
 *
 * @param queues figures by "queues/{queue}"
 * @param workers remote workers; empty where the server does not serve any
 * @param time when it was said
 * @param fault why nothing newer is known; empty if all is well
 */
record TopFigures(
    SortedMap<String, QueueStats> queues,
    Optional<List<Worker>> workers,
    Instant time,
    Optional<String> fault) {
  /** Nothing was said yet. */
  static final TopFigures NONE =
      new TopFigures(new TreeMap<>(), Optional.empty(), Instant.EPOCH, Optional.empty());

  TopFigures withQueues(SortedMap<String, QueueStats> now, Instant at) {
    return new TopFigures(now, workers, at, Optional.empty());
  }

  TopFigures withWorkers(Optional<List<Worker>> now) {
    return new TopFigures(queues, now, time, fault);
  }

  TopFigures withFault(String why) {
    return new TopFigures(queues, workers, time, Optional.of(why));
  }
}
