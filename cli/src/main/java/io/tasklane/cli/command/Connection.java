package io.tasklane.cli.command;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractBlockingStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A connection to one server.
 *
 * <p>UNAVAILABLE is the only answer that is tried again blindly, for about two seconds: every
 * change carries a request id, so a second try of one that did arrive gives its first answer again.
 */
public final class Connection implements AutoCloseable {
  /** How long one question may take, unless it is a stream or a long poll. */
  public static final Duration ANSWER_TIME = Duration.ofSeconds(30);

  // Batches of results may pass the usual 4 MiB on the way to the client.
  private static final int LARGEST_ANSWER_BYTES = 64 << 20;

  private static final Map<String, Object> RETRY_UNAVAILABLE =
      Map.of(
          "methodConfig",
          List.of(
              Map.of(
                  "name",
                  List.of(Map.of()),
                  "retryPolicy",
                  Map.of(
                      "maxAttempts",
                      4.0,
                      "initialBackoff",
                      "0.2s",
                      "maxBackoff",
                      "1s",
                      "backoffMultiplier",
                      2.0,
                      "retryableStatusCodes",
                      List.of("UNAVAILABLE")))));

  private final String address;
  private final ManagedChannel channel;

  private Connection(String address, ManagedChannel channel) {
    this.address = address;
    this.channel = channel;
  }

  /**
   * Prepares a connection; the first call opens it.
   *
   * @param address "HOST:PORT"
   * @return the connection, to be closed by the caller
   * @throws CommandFailure USAGE where the address is none
   */
  public static Connection to(String address) {
    Address.require(address);
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(address)
            .usePlaintext()
            .maxInboundMessageSize(LARGEST_ANSWER_BYTES)
            .defaultServiceConfig(RETRY_UNAVAILABLE)
            .enableRetry()
            .build();
    return new Connection(address, channel);
  }

  /** "HOST:PORT" of the server. */
  public String address() {
    return address;
  }

  /**
   * A service for one question, to be answered within {@link #ANSWER_TIME}.
   *
   * @param stub makes the stub of a service, such as {@code TaskServiceGrpc::newBlockingStub}
   */
  public <S extends AbstractBlockingStub<S>> S service(Function<Channel, S> stub) {
    return streams(stub).withDeadlineAfter(ANSWER_TIME.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * A service without a deadline, for streams and long polls.
   *
   * @param stub makes the stub of a service, such as {@code TaskServiceGrpc::newBlockingStub}
   */
  public <S extends AbstractBlockingStub<S>> S streams(Function<Channel, S> stub) {
    return stub.apply(channel);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
