package io.tasklane.grpc.wire;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Instants and durations, to and from the wire. */
public final class WireTime {
  private WireTime() {}

  /** A point in time. */
  public static Timestamp of(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** A length of time. */
  public static com.google.protobuf.Duration of(Duration duration) {
    // A duration of Java counts nanoseconds upwards from its seconds, one of the wire has one sign.
    boolean backwards = duration.getSeconds() < 0 && duration.getNano() > 0;
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(backwards ? duration.getSeconds() + 1 : duration.getSeconds())
        .setNanos(backwards ? duration.getNano() - 1_000_000_000 : duration.getNano())
        .build();
  }

  /** A length of time. */
  public static Duration of(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }
}
