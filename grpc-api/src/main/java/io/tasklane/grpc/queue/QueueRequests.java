package io.tasklane.grpc.queue;

import com.google.protobuf.FieldMask;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.call.UpdateMask;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.RetryMapping;
import io.tasklane.grpc.wire.TimeoutMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.queue.QueueSettings;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.UpdateQueueRequest;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads what a client asks queues to be. Output-only fields are ignored, as AIP-203 wants it. */
final class QueueRequests {
  private static final UpdateMask.Fields FIELDS =
      new UpdateMask.Fields(
          List.of(
              "concurrency",
              "priority_policy",
              "aging_interval",
              "durability",
              "key_retry_policy",
              "rate_limit",
              "maximum_depth",
              "calendar",
              "default_retry_policy",
              "default_timeouts",
              "default_result_ttl"),
          true,
          Set.of("default_timeouts.heartbeat_timeout"));

  private QueueRequests() {}

  /**
   * The queue a request asks for.
   *
   * @throws InvalidRequest naming the field that is wrong
   */
  static QueueSettings read(CreateQueueRequest request) {
    String name = request.getQueue().getName();
    if (!name.isEmpty() && !name.equals(WireName.QUEUE.of(request.getQueueId()))) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "queue.name",
          "\""
              + name
              + "\" is not allowed: the name comes from queue_id, which is \""
              + request.getQueueId()
              + "\"");
    }
    return settings(request.getQueueId(), request.getQueue());
  }

  /**
   * The change a request asks for, as a function of what the queue has.
   *
   * @throws InvalidRequest naming the path that cannot be changed
   */
  static UnaryOperator<QueueSettings> read(UpdateQueueRequest request) {
    FieldMask paths = request.getUpdateMask();
    UpdateMask<Queue> mask = UpdateMask.namedOrSet(paths, request.getQueue(), FIELDS);
    return present -> {
      Queue.Builder shown = Queue.newBuilder();
      QueueMapping.addSettings(present, shown);
      return settings(present.queueId(), mask.apply(shown.build(), request.getQueue()));
    };
  }

  private static QueueSettings settings(String queueId, Queue queue) {
    return QueueSettings.of(queueId, PolicyMapping.fromWire(queue), defaults(queue));
  }

  /** What the queue shall give its tasks; what is not set is as for any queue. */
  private static QueueDefaults defaults(Queue queue) {
    QueueDefaults defaults = QueueDefaults.STANDARD;
    if (queue.hasDefaultRetryPolicy()) {
      defaults = defaults.with(retryPolicy(queue));
    }
    defaults = defaults.with(TimeoutMapping.fromWire(queue.getDefaultTimeouts()));
    if (queue.hasDefaultResultTtl()) {
      defaults = defaults.withResultTtl(WireTime.of(queue.getDefaultResultTtl()));
    }
    return defaults;
  }

  /** Core's constructor knows what is allowed; here the field gets its name. */
  private static io.tasklane.retry.RetryPolicy retryPolicy(Queue queue) {
    try {
      return RetryMapping.fromWire(queue.getDefaultRetryPolicy());
    } catch (IllegalArgumentException notAllowed) {
      throw Refusal.invalid(
          RefusalReason.INVALID_FIELD, "queue.default_retry_policy", notAllowed.getMessage());
    }
  }
}
