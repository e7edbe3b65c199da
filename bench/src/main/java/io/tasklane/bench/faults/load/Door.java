package io.tasklane.bench.faults.load;

import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.ResourceServiceGrpc;
import io.tasklane.v1.TaskServiceGrpc;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The API of one node. */
final class Door {
  private final ManagedChannel channel;

  Door(String address) {
    // A node that was dead is asked again at once, not only after gRPC's growing pauses.
    channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
  }

  TaskServiceGrpc.TaskServiceBlockingStub tasks(Duration patience) {
    return TaskServiceGrpc.newBlockingStub(ready()).withDeadline(within(patience));
  }

  QueueServiceGrpc.QueueServiceBlockingStub queues(Duration patience) {
    return QueueServiceGrpc.newBlockingStub(ready()).withDeadline(within(patience));
  }

  ResourceServiceGrpc.ResourceServiceBlockingStub resources(Duration patience) {
    return ResourceServiceGrpc.newBlockingStub(ready()).withDeadline(within(patience));
  }

  EventServiceGrpc.EventServiceBlockingStub events(Duration patience) {
    return EventServiceGrpc.newBlockingStub(ready()).withDeadline(within(patience));
  }

  private ManagedChannel ready() {
    channel.resetConnectBackoff();
    return channel;
  }

  private static Deadline within(Duration patience) {
    return Deadline.after(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  void close() {
    channel.shutdownNow();
  }
}
