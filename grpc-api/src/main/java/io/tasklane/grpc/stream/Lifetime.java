package io.tasklane.grpc.stream;

import io.tasklane.api.Refusal;
import io.tasklane.grpc.error.Reason;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a stream lives before the server wants it opened anew, so that streams spread over nodes
 * again after one of them was away. The share drawn at random keeps those that began together from
 * coming back together.
 */
public final class Lifetime {
  private static final Duration TYPICAL = Duration.ofMinutes(30);
  private static final double SPREAD = 0.1;

  private Lifetime() {}

  /** 30 minutes, give or take 10 %. */
  public static Duration draw(RandomGenerator random) {
    double share = 1 - SPREAD + 2 * SPREAD * random.nextDouble();
    return Duration.ofMillis(Math.round(TYPICAL.toMillis() * share));
  }

  /** The end of a stream that has no token to go on from, so that OK would say too much. */
  public static Refusal over() {
    return Refusal.of(
        Refusal.Sort.UNAVAILABLE,
        Reason.STREAM_CLOSED,
        "",
        "the stream has been open for about 30 minutes: open it again");
  }
}
