package io.tasklane.grpc;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.app.Probe;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks the API for its health as a client would, over its port. */
final class PortProbe implements Probe, AutoCloseable {
  private static final long PATIENCE_SECONDS = 2;

  private final InetSocketAddress address;
  private final ManagedChannel channel;

  PortProbe(InetSocketAddress address) {
    this.address = address;
    this.channel = NettyChannelBuilder.forAddress(address).usePlaintext().directExecutor().build();
  }

  @Override
  public Map<String, String> look() {
    HealthCheckResponse answer =
        HealthGrpc.newBlockingStub(channel)
            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .check(HealthCheckRequest.getDefaultInstance());
    if (answer.getStatus() != ServingStatus.SERVING) {
      throw new IllegalStateException("answers " + answer.getStatus());
    }
    return Map.of("port", Integer.toString(address.getPort()));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
