package io.tasklane.grpc.queue;

import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.RetryMapping;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.queue.Queue;
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
            .setDefaultRetryPolicy(RetryMapping.toWire(queue.retryPolicy()))
            .setDefaultTimeouts(
                Timeouts.newBuilder().setAttemptTimeout(WireTime.of(queue.attemptTimeout())))
            .setDefaultResultTtl(WireTime.of(queue.resultTtl()))
            .setEtag("\"" + queue.version() + "\"")
            .setOwnerNode(queue.ownerNode().orElse(""));
    queue.pauseActor().map(FailureMapping::toWire).ifPresent(wire::setPauseActor);
    queue.pauseTime().map(WireTime::of).ifPresent(wire::setPauseTime);
    return wire.build();
  }
}
