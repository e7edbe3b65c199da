package io.tasklane.grpc.wire;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
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

  /**
   * A point in time.
   *
   * @param field it stands in
   * @throws InvalidRequest where it is outside the years 1 to 9999, which the contract's Timestamp
   *     is limited to
   */
  public static Instant of(Timestamp timestamp, String field) {
    if (!Timestamps.isValid(timestamp)) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          field,
          "seconds "
              + timestamp.getSeconds()
              + ", nanos "
              + timestamp.getNanos()
              + " is not allowed: the years 0001 to 9999, nanos 0 to 999999999");
    }
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
