package io.tasklane.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PortProbeTest {
  private final HealthStatusManager health = new HealthStatusManager();
  private Server server;

  @BeforeEach
  void serve() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(health.getHealthService())
            .build()
            .start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
  }

  private ManagedChannel channel() {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
  }

  @Test
  void it_asks_over_another_channel_behind_one_whose_calls_never_end() throws Exception {
    Deque<ManagedChannel> channels = new ArrayDeque<>(List.of(new Silent(), channel()));
    try (PortProbe probe = new PortProbe(server.getPort(), channels::pop)) {
      assertThatThrownBy(probe::look).hasMessage("a call has not ended by its deadline");
      assertThat(probe.look()).containsEntry("port", Integer.toString(server.getPort()));
    }
  }

  @Test
  void it_tells_what_is_not_served_and_hears_when_it_is_again() throws Exception {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.getPort());
    try (PortProbe probe = new PortProbe(address)) {
      health.setStatus("", ServingStatus.NOT_SERVING);
      assertThatThrownBy(probe::look).hasMessage("answers NOT_SERVING");
      health.setStatus("", ServingStatus.SERVING);
      assertThat(probe.look()).isNotEmpty();
    }
  }

  @Test
  void it_tells_that_nobody_listens() throws Exception {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.getPort());
    stop();
    try (PortProbe probe = new PortProbe(address)) {
      assertThatThrownBy(probe::look).hasMessageContaining("UNAVAILABLE");
    }
  }

  /** As a channel is that has met a fault of its own: it takes calls and ends none. */
  private static final class Silent extends ManagedChannel {
    private boolean shut;

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
      return new ClientCall<>() {
        @Override
        public void start(Listener<A> listener, Metadata headers) {}

        @Override
        public void request(int messages) {}

        @Override
        public void cancel(String message, Throwable cause) {}

        @Override
        public void halfClose() {}

        @Override
        public void sendMessage(Q message) {}
      };
    }

    @Override
    public String authority() {
      return "silent";
    }

    @Override
    public ManagedChannel shutdown() {
      shut = true;
      return this;
    }

    @Override
    public ManagedChannel shutdownNow() {
      return shutdown();
    }

    @Override
    public boolean isShutdown() {
      return shut;
    }

    @Override
    public boolean isTerminated() {
      return shut;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return shut;
    }
  }
}
