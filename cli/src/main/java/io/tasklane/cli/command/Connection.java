package io.tasklane.cli.command;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractBlockingStub;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A connection to one server.
 *
 * <p>UNAVAILABLE is the only answer that is tried again blindly, see {@link RetryUnavailable}:
 * every change carries a request id, so a second try of one that did arrive gives its first answer
 * again.
 */
public final class Connection implements AutoCloseable {
  /** How long one question may take, unless it is a stream or a long poll. */
  public static final Duration ANSWER_TIME = Duration.ofSeconds(30);

  // Batches of results may pass the usual 4 MiB on the way to the client.
  private static final int LARGEST_ANSWER_BYTES = 64 << 20;

  private final String address;
  private final ManagedChannel channel;
  private final ScheduledExecutorService timer;

  private Connection(String address, ManagedChannel channel, ScheduledExecutorService timer) {
    this.address = address;
    this.channel = channel;
    this.timer = timer;
  }

  /**
   * Prepares a connection; the first call opens it.
   *
   * @param address "HOST:PORT"
   * @return the connection, to be closed by the caller
   * @throws CommandFailure USAGE where the address is none
   */
  public static Connection to(String address) {
    return to(address, Optional.empty());
  }

  /**
   * Prepares a connection whose calls say who asks.
   *
   * @param address "HOST:PORT"
   * @param token what the server knows the user by; empty sends none
   * @return the connection, to be closed by the caller
   * @throws CommandFailure USAGE where the address is none
   */
  public static Connection to(String address, Optional<String> token) {
    Address.require(address);
    ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(1, Connection::daemon);
    NettyChannelBuilder builder = NettyChannelBuilder.forTarget(address).usePlaintext();
    token.ifPresent(secret -> builder.intercept(new Bearer(secret)));
    ManagedChannel channel =
        builder
            .maxInboundMessageSize(LARGEST_ANSWER_BYTES)
            .intercept(new RetryUnavailable(timer, System::nanoTime))
            .disableRetry()
            .build();
    return new Connection(address, channel, timer);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "tasklane-retry");
    thread.setDaemon(true);
    return thread;
  }

  /** "HOST:PORT" of the server. */
  public String address() {
    return address;
  }

  /**
   * A service for questions, each to be answered within {@link #ANSWER_TIME}.
   *
   * @param stub makes the stub of a service, such as {@code TaskServiceGrpc::newBlockingStub}
   */
  public <S extends AbstractBlockingStub<S>> S service(Function<Channel, S> stub) {
    return stub.apply(ClientInterceptors.intercept(channel, new Question()));
  }

  /**
   * A service without a deadline, for streams and long polls.
   *
   * @param stub makes the stub of a service, such as {@code TaskServiceGrpc::newBlockingStub}
   */
  public <S extends AbstractBlockingStub<S>> S streams(Function<Channel, S> stub) {
    return stub.apply(channel);
  }

  /** Gives each call a time of its own; a deadline of the stub would be one for all its calls. */
  private static final class Question implements ClientInterceptor {
    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(
        MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
      return next.newCall(
          method,
          options
              .withOption(RetryUnavailable.QUESTION, true)
              .withDeadlineAfter(ANSWER_TIME.toMillis(), TimeUnit.MILLISECONDS));
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    channel.shutdownNow();
  }
}
