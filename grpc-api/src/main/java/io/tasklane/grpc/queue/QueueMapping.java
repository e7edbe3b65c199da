package io.tasklane.grpc.queue;

import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.RetryMapping;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.v1.Timeouts;

/** A queue as the wire shows it. */
final class QueueMapping {
  private QueueMapping() {}

  /** Every field that is served; the policies that are not are shown at their only value. */
  static io.tasklane.v1.Queue toWire(Queue queue) {
    io.tasklane.v1.Queue.Builder wire =
        io.tasklane.v1.Queue.newBuilder()
            .setName(queue.name())
            .setStateValue(queue.state().code())
            .setConcurrency(queue.concurrency())
            .setPriorityPolicy(io.tasklane.v1.Queue.PriorityPolicy.PRIORITY_POLICY_STRICT)
            .setDurability(io.tasklane.v1.Queue.Durability.DURABILITY_EACH)
            .setEtag(queue.etag())
            .setOwnerNode(queue.ownerNode().orElse(""));
    addDefaults(queue.defaults(), wire);
    queue.pauseActor().map(FailureMapping::toWire).ifPresent(wire::setPauseActor);
    queue.pauseTime().map(WireTime::of).ifPresent(wire::setPauseTime);
    return wire.build();
  }

  /** What the queue gives its tasks. */
  static void addDefaults(QueueDefaults defaults, io.tasklane.v1.Queue.Builder wire) {
    wire.setDefaultRetryPolicy(RetryMapping.toWire(defaults.retryPolicy()))
        .setDefaultTimeouts(
            Timeouts.newBuilder().setAttemptTimeout(WireTime.of(defaults.attemptTimeout())))
        .setDefaultResultTtl(WireTime.of(defaults.resultTtl()));
  }
}
