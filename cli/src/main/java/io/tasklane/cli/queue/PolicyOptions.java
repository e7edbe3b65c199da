package io.tasklane.cli.queue;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.cli.command.WholeNumber.Concurrency;
import io.tasklane.cli.command.WholeNumber.Depth;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Queue.Durability;
import io.tasklane.v1.Queue.KeyRetryPolicy;
import io.tasklane.v1.Queue.PriorityPolicy;
import io.tasklane.v1.RateLimit;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How a queue orders its tasks, as options. */
final class PolicyOptions {
  private static final String CALENDARS = "calendars/";

  /** As people type it. */
  enum Durable {
    each,
    grouped
  }

  /** As people type it. */
  enum KeyRetry {
    hold,
    pass
  }

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      converter = Concurrency.class,
      description = "Runs at once, 1 to 1000; it may change while tasks run. New queues: 1.")
  private Integer concurrency;

  @Option(
      names = "--aging",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "What a level of priority is worth in waiting, as 1m; 0s: strict priority.")
  private Duration aging;

  @Option(
      names = "--durability",
      paramLabel = "each|grouped",
      description = "Whether a completion is durable before the next start. New queues: each.")
  private Durable durability;

  @Option(
      names = "--key-retry",
      paramLabel = "hold|pass",
      description = "Whether an ordering key waits while its head does for a retry. New: hold.")
  private KeyRetry keyRetry;

  @Option(
      names = "--rate-limit",
      paramLabel = "N/TIME",
      converter = Rate.class,
      description = "Most starts within a time, as 10/1s; none: no limit. New queues: none.")
  private RateLimit rateLimit;

  @Option(
      names = "--max-depth",
      paramLabel = "N",
      converter = Depth.class,
      description = "Most tasks that clients may let wait; 0: no limit. New queues: 0.")
  private Integer maximumDepth;

  @Option(
      names = "--calendar",
      paramLabel = "CALENDAR",
      description = "Start tasks in the sessions of this calendar alone, as XNYS; none: always.")
  private String calendar;

  /** Sets what was given. */
  void addTo(Queue.Builder queue) {
    if (concurrency != null) {
      queue.setConcurrency(concurrency);
    }
    if (aging != null && aging.isZero()) {
      queue.setPriorityPolicy(PriorityPolicy.PRIORITY_POLICY_STRICT);
    } else if (aging != null) {
      queue
          .setPriorityPolicy(PriorityPolicy.PRIORITY_POLICY_AGED)
          .setAgingInterval(Durations.fromMillis(aging.toMillis()));
    }
    if (durability != null) {
      queue.setDurability(
          durability == Durable.grouped
              ? Durability.DURABILITY_GROUPED
              : Durability.DURABILITY_EACH);
    }
    if (keyRetry != null) {
      queue.setKeyRetryPolicy(
          keyRetry == KeyRetry.pass
              ? KeyRetryPolicy.KEY_RETRY_POLICY_PASS
              : KeyRetryPolicy.KEY_RETRY_POLICY_HOLD);
    }
    if (rateLimit != null && rateLimit.getPermits() > 0) {
      queue.setRateLimit(rateLimit);
    }
    if (maximumDepth != null) {
      queue.setMaximumDepth(maximumDepth);
    }
    if (calendar != null && !calendar.equals("none")) {
      queue.setCalendar(calendar.startsWith(CALENDARS) ? calendar : CALENDARS + calendar);
    }
  }

  /** Names what was given. */
  void addTo(FieldMask.Builder mask) {
    if (concurrency != null) {
      mask.addPaths("concurrency");
    }
    if (aging != null) {
      mask.addPaths("priority_policy").addPaths("aging_interval");
    }
    if (durability != null) {
      mask.addPaths("durability");
    }
    if (keyRetry != null) {
      mask.addPaths("key_retry_policy");
    }
    if (rateLimit != null) {
      mask.addPaths("rate_limit");
    }
    if (maximumDepth != null) {
      mask.addPaths("maximum_depth");
    }
    if (calendar != null) {
      mask.addPaths("calendar");
    }
  }
}
