package io.tasklane.grpc.queue;

import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.RetryMapping;
import io.tasklane.grpc.wire.TimeoutMapping;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.queue.QueueSettings;

/** A queue as the wire shows it. */
final class QueueMapping {
  private QueueMapping() {}

  /** Every field that is served. */
  static io.tasklane.v1.Queue toWire(Queue queue) {
    io.tasklane.v1.Queue.Builder wire =
        io.tasklane.v1.Queue.newBuilder()
            .setName(queue.name())
            .setStateValue(queue.state().code())
            .setEtag(queue.etag())
            .setOwnerNode(queue.ownerNode().orElse(""));
    addSettings(queue.settings(), wire);
    queue.pauseActor().map(FailureMapping::toWire).ifPresent(wire::setPauseActor);
    queue.pauseTime().map(WireTime::of).ifPresent(wire::setPauseTime);
    return wire.build();
  }

  /** How the queue orders its tasks, and what it gives them. */
  static void addSettings(QueueSettings settings, io.tasklane.v1.Queue.Builder wire) {
    PolicyMapping.add(settings.policy(), wire);
    QueueDefaults defaults = settings.defaults();
    wire.setDefaultRetryPolicy(RetryMapping.toWire(defaults.retryPolicy()))
        .setDefaultTimeouts(TimeoutMapping.toWire(defaults.timeouts()))
        .setDefaultResultTtl(WireTime.of(defaults.resultTtl()));
  }
}
