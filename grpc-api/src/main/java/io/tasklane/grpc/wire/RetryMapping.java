package io.tasklane.grpc.wire;

import io.tasklane.retry.RetryPolicy;
import java.time.Duration;

/** Retry policies. */
public final class RetryMapping {
  private RetryMapping() {}

  /** To the wire. */
  public static io.tasklane.v1.RetryPolicy toWire(RetryPolicy policy) {
    return io.tasklane.v1.RetryPolicy.newBuilder()
        .setMaximumAttempts(policy.maximumAttempts())
        .setInitialBackoff(WireTime.of(policy.initialBackoff()))
        .setBackoffMultiplier(policy.multiplier())
        .setMaximumBackoff(WireTime.of(policy.maximumBackoff()))
        .setJitter(policy.jitter())
        .addAllPermanentErrorCodes(policy.permanentErrorCodes())
        .build();
  }

  /**
   * From the wire; what is not set is as in {@link RetryPolicy#DEFAULT}, and the ceiling is raised
   * to the initial backoff where only that is set.
   *
   * @throws IllegalArgumentException naming a value that is not allowed
   */
  public static RetryPolicy fromWire(io.tasklane.v1.RetryPolicy policy) {
    RetryPolicy none = RetryPolicy.DEFAULT;
    Duration initial =
        policy.hasInitialBackoff()
            ? WireTime.of(policy.getInitialBackoff())
            : none.initialBackoff();
    Duration ceiling =
        policy.hasMaximumBackoff()
            ? WireTime.of(policy.getMaximumBackoff())
            : longer(none.maximumBackoff(), initial);
    return new RetryPolicy(
        policy.getMaximumAttempts() == 0 ? none.maximumAttempts() : policy.getMaximumAttempts(),
        initial,
        policy.getBackoffMultiplier() == 0 ? none.multiplier() : policy.getBackoffMultiplier(),
        ceiling,
        policy.getJitter(),
        policy.getPermanentErrorCodesList());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
