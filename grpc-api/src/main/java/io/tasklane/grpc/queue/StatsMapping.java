package io.tasklane.grpc.queue;

import io.tasklane.grpc.wire.WireTime;
import io.tasklane.monitor.QueueCounters;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueStats;
import io.tasklane.v1.RunningTask;
import java.time.Instant;

/** The figures of a queue as the wire shows them. */
final class StatsMapping {
  private static final int MOST_RUNNING = 100;

  private StatsMapping() {}

  /**
   * Maps; states are keys without a prefix, such as "QUEUED".
   *
   * @param now what the estimate of the end is counted from
   */
  static io.tasklane.v1.QueueStats.Builder toWire(QueueStats stats, Instant now) {
    io.tasklane.v1.QueueStats.Builder wire =
        io.tasklane.v1.QueueStats.newBuilder()
            .setDepth(stats.depth())
            .putAllDepthByPriority(stats.depthByPriority())
            .setAddRate(stats.addRate())
            .setDispatchRate(stats.dispatchRate())
            .setSuccessRate(stats.successRate())
            .setFailureRate(stats.failureRate())
            .setDeadLetterCount(stats.deadLetterCount())
            .setRevision(stats.revision());
    stats.countByState().forEach((state, count) -> wire.putCountByState(state.name(), count));
    stats.oldestAge().map(WireTime::of).ifPresent(wire::setOldestAge);
    stats.runDurationP50().map(WireTime::of).ifPresent(wire::setRunDurationP50);
    stats.runDurationP95().map(WireTime::of).ifPresent(wire::setRunDurationP95);
    stats.waitDurationP95().map(WireTime::of).ifPresent(wire::setWaitDurationP95);
    stats.emptyEstimate().map(now::plus).map(WireTime::of).ifPresent(wire::setEmptyTimeEstimate);
    return wire;
  }

  /** Adds what the queue itself says. */
  static void add(Queue queue, io.tasklane.v1.QueueStats.Builder wire) {
    wire.setQueueStateValue(queue.state().code()).setOwnerNode(queue.ownerNode().orElse(""));
  }

  /** Adds what was counted, and what runs. */
  static void add(QueueCounters counts, io.tasklane.v1.QueueStats.Builder wire) {
    wire.setRetryCount(counts.retried());
    counts.running().stream()
        .limit(MOST_RUNNING)
        .map(StatsMapping::toWire)
        .forEach(wire::addRunning);
  }

  private static RunningTask toWire(QueueCounters.Running task) {
    return RunningTask.newBuilder()
        .setName(task.name())
        .setTaskType(task.taskType())
        .setStartTime(WireTime.of(task.since()))
        .build();
  }
}
