package io.tasklane.cli.top;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.Queue;
import io.tasklane.v1.QueueStats;
import io.tasklane.v1.RunningTask;
import java.time.Instant;
import java.util.Map;

/** Figures of two queues, one of them paused. */
final class TopFixture {
  static final Instant NOW = Instant.parse("2026-11-30T14:31:02Z");

  private TopFixture() {}

  static Map<String, QueueStats> queues() {
    QueueStats busy =
        QueueStats.newBuilder()
            .setDepth(17)
            .putDepthByPriority(10, 3)
            .putDepthByPriority(5, 14)
            .putCountByState("RUNNING", 2)
            .setAddRate(2.25)
            .setSuccessRate(1.5)
            .setFailureRate(0.25)
            .setDispatchRate(1.75)
            .setOldestAge(Durations.fromSeconds(300))
            .setQueueState(Queue.State.STATE_ACTIVE)
            .setOwnerNode("node-1")
            .addRunning(running("first", 90))
            .addRunning(running("second", 3))
            .build();
    QueueStats paused =
        QueueStats.newBuilder().setDepth(4).setQueueState(Queue.State.STATE_PAUSED).build();
    return Map.of("queues/AI_ANALYSIS", busy, "queues/DATA_FETCHER", paused);
  }

  private static RunningTask running(String id, long seconds) {
    return RunningTask.newBuilder()
        .setName("tasks/" + id)
        .setTaskType("news_monitoring")
        .setStartTime(Timestamps.fromMillis(NOW.minusSeconds(seconds).toEpochMilli()))
        .build();
  }
}
