package io.tasklane.worker;

import io.tasklane.task.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A worker process.
 *
 * @param workerId final part of its name
 * @param host where it runs, as it says
 * @param version of its code, as it says
 * @param queues ids of the queues whose tasks it takes; empty means all
 * @param taskTypes names of the types it serves
 * @param slots how many tasks it can have at once
 * @param running names of the tasks it has, offered ones included, at most 100
 * @param busySlots how many it has
 * @param state how it stands
 * @param cpuLoad share of its host's processors that it uses, 0.0 to 1.0
 * @param memoryBytes memory that it uses
 * @param startTime when it said Hello first
 * @param heartbeatTime when it was heard of last
 * @param node where its stream ends
 * @param drainActor who asked it to drain
 */
public record Worker(
    String workerId,
    String host,
    String version,
    List<String> queues,
    List<String> taskTypes,
    int slots,
    List<String> running,
    int busySlots,
    WorkerState state,
    double cpuLoad,
    long memoryBytes,
    Instant startTime,
    Instant heartbeatTime,
    Optional<String> node,
    Optional<Actor> drainActor) {
  /** "workers/{worker}". */
  public String name() {
    return "workers/" + workerId;
  }
}
