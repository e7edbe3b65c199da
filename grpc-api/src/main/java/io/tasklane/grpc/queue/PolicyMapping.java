package io.tasklane.grpc.queue;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.queue.Durability;
import io.tasklane.queue.KeyRetry;
import io.tasklane.queue.QueueLimits;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.RateLimit;
import io.tasklane.v1.Queue;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How a queue orders its tasks, as the wire shows it and asks for it. */
final class PolicyMapping {
  /** What a level of priority is worth where a queue shall age and does not say. */
  static final Duration DEFAULT_AGING = Duration.ofMinutes(1);

  private PolicyMapping() {}

  /** Adds every part. */
  static void add(QueuePolicy policy, Queue.Builder wire) {
    wire.setConcurrency(policy.concurrency())
        .setPriorityPolicy(
            policy.agingInterval().isPresent()
                ? Queue.PriorityPolicy.PRIORITY_POLICY_AGED
                : Queue.PriorityPolicy.PRIORITY_POLICY_STRICT)
        .setDurabilityValue(policy.durability().code())
        .setKeyRetryPolicyValue(policy.keyRetry().code());
    policy.agingInterval().map(WireTime::of).ifPresent(wire::setAgingInterval);
    wire.setMaximumDepth(policy.limits().maximumDepth());
    policy.limits().calendar().map(WireName.CALENDAR::of).ifPresent(wire::setCalendar);
    policy
        .limits()
        .rate()
        .ifPresent(
            rate ->
                wire.getRateLimitBuilder()
                    .setPermits(rate.permits())
                    .setPeriod(WireTime.of(rate.period())));
  }

  /**
   * What is asked for; what is not set is as for any queue.
   *
   * @throws InvalidRequest where an interval is set that counts for nothing
   */
  static QueuePolicy fromWire(Queue queue) {
    return QueuePolicy.concurrently(Math.max(1, queue.getConcurrency()))
        .withAging(aging(queue))
        .with(
            queue.getDurabilityValue() == 0
                ? Durability.EACH
                : Durability.of(queue.getDurabilityValue()))
        .with(
            queue.getKeyRetryPolicyValue() == 0
                ? KeyRetry.HOLD
                : KeyRetry.of(queue.getKeyRetryPolicyValue()))
        .with(new QueueLimits(rate(queue), queue.getMaximumDepth(), calendar(queue)));
  }

  private static Optional<String> calendar(Queue queue) {
    return queue.getCalendar().isEmpty()
        ? Optional.empty()
        : Optional.of(WireName.CALENDAR.id(queue.getCalendar(), "queue.calendar"));
  }

  /** In whole milliseconds, as rows have it. */
  private static Optional<RateLimit> rate(Queue queue) {
    if (!queue.hasRateLimit()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RateLimit(
              queue.getRateLimit().getPermits(),
              WireTime.of(queue.getRateLimit().getPeriod()).truncatedTo(ChronoUnit.MILLIS)));
    } catch (IllegalArgumentException notAllowed) { // after an update of a part of it
      throw InvalidRequest.field(Reason.INVALID_FIELD, "queue.rate_limit", notAllowed.getMessage());
    }
  }

  private static Optional<Duration> aging(Queue queue) {
    if (queue.getPriorityPolicy() == Queue.PriorityPolicy.PRIORITY_POLICY_AGED) {
      return Optional.of(
          queue.hasAgingInterval() ? WireTime.of(queue.getAgingInterval()) : DEFAULT_AGING);
    }
    if (queue.hasAgingInterval()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "queue.aging_interval",
          "is not allowed here: only with PRIORITY_POLICY_AGED; unset it, or ask for that too");
    }
    return Optional.empty();
  }
}
