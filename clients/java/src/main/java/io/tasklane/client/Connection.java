package io.tasklane.client;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One channel, which connects again by itself, and calls that are repeated meanwhile. */
final class Connection implements AutoCloseable {
  private static final int MESSAGE_LIMIT = 16 * 1024 * 1024;
  private final ManagedChannel channel;
  private final Duration retryFor;

  Connection(String target, Duration retryFor) {
    this.retryFor = retryFor;
    // Pings find a connection that is dead or a server that is frozen; the server allows one in
    // 10 s.
    channel =
        ManagedChannelBuilder.forTarget(target)
            .usePlaintext()
            .keepAliveTime(20, TimeUnit.SECONDS)
            .keepAliveTimeout(10, TimeUnit.SECONDS)
            .keepAliveWithoutCalls(true)
            .maxInboundMessageSize(MESSAGE_LIMIT)
            .build();
  }

  ManagedChannel channel() {
    return channel;
  }

  /** How long a call is repeated. */
  Duration retryFor() {
    return retryFor;
  }

  /** The time on {@link System#nanoTime} at which a call that begins now is given up. */
  long end() {
    return System.nanoTime() + retryFor.toNanos();
  }

  /**
   * Makes a call, again while it answers UNAVAILABLE. It must be safe to repeat: a change carries
   * its request id.
   *
   * @param attempt makes it with a deadline after this time
   */
  <T> T call(Function<Duration, T> attempt) {
    Backoff backoff = new Backoff();
    long end = end();
    while (true) {
      try {
        return attempt.apply(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
      } catch (StatusRuntimeException error) {
        if (!isUnavailable(error) || System.nanoTime() - end > 0) {
          throw TasklaneException.ofCall(error);
        }
        backoff.pause();
        reconnect();
      }
    }
  }

  /** Connects at once: the channel by itself would wait up to two minutes after many failures. */
  void reconnect() {
    channel.resetConnectBackoff();
  }

  /**
   * Whether a call did not reach the server or its answer did not come back. The server gives
   * details with whatever it answers, so UNKNOWN without any is of a connection that broke.
   */
  static boolean isUnavailable(Throwable error) {
    Status.Code code = Status.fromThrowable(error).getCode();
    return code == Status.Code.UNAVAILABLE
        || code == Status.Code.UNKNOWN && StatusProto.fromThrowable(error).getDetailsCount() == 0;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
