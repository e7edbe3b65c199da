package io.tasklane.grpc.stream;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a stream lives before the client has to open it again, so that streams are spread over
 * the nodes again after one of them was away. A random part keeps streams that began together from
 * being opened again together.
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

  /** Ends a stream that has no resume token: OK would say that nothing is missing. */
  public static Refusal over() {
    return Refusal.of(
        Refusal.Sort.UNAVAILABLE,
        RefusalReason.STREAM_CLOSED,
        "",
        "the stream has been open for about 30 minutes: open it again");
  }
}
