package io.tasklane.grpc.task;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.RetryMapping;
import io.tasklane.grpc.wire.TimeoutMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.TaskType;
import io.tasklane.tasktype.StoredType;
import io.tasklane.timeout.RequestedTimeouts;
import java.util.List;
import java.util.Optional;

/** Task types on the wire. */
public final class TaskTypeMapping {
  private TaskTypeMapping() {}

  static io.tasklane.v1.TaskType toWire(StoredType stored, boolean builtIn) {
    TaskType type = stored.type();
    io.tasklane.v1.TaskType.Builder wire =
        io.tasklane.v1.TaskType.newBuilder()
            .setTaskType(type.name())
            .addAllQueues(type.queues().stream().map(WireName.QUEUE::of).toList())
            .setDescription(type.description())
            .setInputSchema(type.inputSchema())
            .setBuiltIn(builtIn)
            .setRevision(stored.revision())
            .setCreateTime(WireTime.of(stored.createTime()))
            .setUpdateTime(WireTime.of(stored.updateTime()))
            .setWorkerCount(stored.workers());
    stored.lastSeen().map(WireTime::of).ifPresent(wire::setLastSeenTime);
    type.retryPolicy().map(RetryMapping::toWire).ifPresent(wire::setDefaultRetryPolicy);
    if (!type.timeouts().equals(RequestedTimeouts.NONE)) {
      wire.setDefaultTimeouts(TimeoutMapping.toWire(type.timeouts()));
    }
    return wire.build();
  }

  /**
   * What a type states; the rules of the contract have been checked.
   *
   * @param field of the request that has it
   */
  public static TaskType fromWire(io.tasklane.v1.TaskType wire, String field) {
    if (wire.getPreemptible()) {
      throw InvalidRequest.field(
          Reason.FIELD_NOT_SERVED, field + ".preemptible", "is not served yet");
    }
    List<String> queues =
        wire.getQueuesList().stream()
            .map(queue -> WireName.QUEUE.id(queue, field + ".queues"))
            .toList();
    Optional<RetryPolicy> policy =
        wire.hasDefaultRetryPolicy()
            ? Optional.of(RetryMapping.fromWire(wire.getDefaultRetryPolicy()))
            : Optional.empty();
    return new TaskType(
        wire.getTaskType(),
        queues,
        wire.getDescription(),
        wire.getInputSchema(),
        policy,
        TimeoutMapping.fromWire(wire.getDefaultTimeouts()));
  }

  /** The revision of the definition, 1 or more. */
  public static long revision(io.tasklane.v1.TaskType wire) {
    return Math.max(1, wire.getRevision());
  }
}
