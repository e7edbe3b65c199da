package io.tasklane.grpc;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.api.HealthCheck;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks the API for its health as a client would, over its port. A channel that has failed is not
 * asked again, for one that has met a fault of its own never answers, not even by the deadline.
 */
final class PortProbe implements HealthCheck, AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = DEADLINE.plusMillis(500);

  private final int port;
  private final Supplier<ManagedChannel> channels;
  private ManagedChannel channel;
  private boolean closed;

  PortProbe(InetSocketAddress address) {
    this(
        address.getPort(),
        () -> NettyChannelBuilder.forAddress(address).usePlaintext().directExecutor().build());
  }

  /**
   * A probe over these channels.
   *
   * @param port that they connect to
   * @param channels creates the first, and another one after each that failed
   */
  PortProbe(int port, Supplier<ManagedChannel> channels) {
    this.port = port;
    this.channels = channels;
  }

  @Override
  public Map<String, String> look() throws InterruptedException {
    ManagedChannel asked = channel();
    try {
      HealthCheckResponse answer =
          HealthGrpc.newFutureStub(asked)
              .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.getStatus() != ServingStatus.SERVING) {
        throw new IllegalStateException("answers " + answer.getStatus());
      }
      return Map.of("port", Integer.toString(port));
    } catch (ExecutionException failed) {
      giveUp(asked);
      throw new IllegalStateException(failed.getCause().getMessage(), failed);
    } catch (TimeoutException silent) {
      giveUp(asked);
      throw new IllegalStateException("a call has not ended by its deadline", silent);
    }
  }

  private synchronized ManagedChannel channel() {
    if (closed) {
      throw new IllegalStateException("the server stops");
    }
    if (channel == null) {
      channel = channels.get();
    }
    return channel;
  }

  private synchronized void giveUp(ManagedChannel failed) {
    failed.shutdownNow();
    channel = null;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (channel != null) {
      channel.shutdownNow();
    }
  }
}
