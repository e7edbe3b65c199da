package io.tasklane.grpc.wire;

import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.util.Optional;

/** Time limits on the wire. */
public final class TimeoutMapping {
  private TimeoutMapping() {}

  /** What is set; the rules of the contract have been checked. */
  public static RequestedTimeouts fromWire(io.tasklane.v1.Timeouts wire) {
    return new RequestedTimeouts(
        given(wire.hasAttemptTimeout(), wire.getAttemptTimeout()),
        given(wire.hasQueueTimeout(), wire.getQueueTimeout()),
        given(wire.hasTotalTimeout(), wire.getTotalTimeout()),
        given(wire.hasCancelGrace(), wire.getCancelGrace()));
  }

  /** The limits that hold; none is not set. */
  public static io.tasklane.v1.Timeouts toWire(Timeouts timeouts) {
    io.tasklane.v1.Timeouts.Builder wire =
        io.tasklane.v1.Timeouts.newBuilder()
            .setAttemptTimeout(WireTime.of(timeouts.attempt()))
            .setCancelGrace(WireTime.of(timeouts.cancelGrace()));
    timeouts.queue().map(WireTime::of).ifPresent(wire::setQueueTimeout);
    timeouts.total().map(WireTime::of).ifPresent(wire::setTotalTimeout);
    return wire.build();
  }

  /** The limits that somebody sets. */
  public static io.tasklane.v1.Timeouts toWire(RequestedTimeouts timeouts) {
    io.tasklane.v1.Timeouts.Builder wire = io.tasklane.v1.Timeouts.newBuilder();
    timeouts.attempt().map(WireTime::of).ifPresent(wire::setAttemptTimeout);
    timeouts.queue().map(WireTime::of).ifPresent(wire::setQueueTimeout);
    timeouts.total().map(WireTime::of).ifPresent(wire::setTotalTimeout);
    timeouts.cancelGrace().map(WireTime::of).ifPresent(wire::setCancelGrace);
    return wire.build();
  }

  private static Optional<Duration> given(boolean set, com.google.protobuf.Duration value) {
    return set ? Optional.of(WireTime.of(value)) : Optional.empty();
  }
}
