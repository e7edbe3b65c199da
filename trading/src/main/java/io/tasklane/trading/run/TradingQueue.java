package io.tasklane.trading.run;

import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.TaskType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The three trading queues, with what holds for the task types that live in them. */
public enum TradingQueue {
  /** Accounts, positions, P&L: 4 attempts of at most 300 s. */
  PORTFOLIO_SYNC(4, 2.0, 300),
  /** What comes from outside, such as news: 6 attempts of at most 600 s. */
  DATA_FETCHER(6, 1.5, 600),
  /** Judgements and recommendations: 3 attempts of at most 900 s. */
  AI_ANALYSIS(3, 3.0, 900);

  private final RetryPolicy retryPolicy;
  private final Duration attemptTimeout;

  TradingQueue(int attempts, double multiplier, long seconds) {
    this.retryPolicy =
        new RetryPolicy(
            attempts,
            RetryPolicy.DEFAULT.initialBackoff(),
            multiplier,
            RetryPolicy.DEFAULT.maximumBackoff(),
            0.0,
            List.of());
    this.attemptTimeout = Duration.ofSeconds(seconds);
  }

  /** A task type of this queue; its schema is the resource NAME.json beside the owner class. */
  public TaskType type(String name, String description, Class<?> owner) {
    return TaskType.named(name)
        .acceptedBy(name())
        .describedAs(description)
        .withInputSchema(schema(name, owner))
        .withRetryPolicy(retryPolicy)
        .withAttemptTimeout(attemptTimeout);
  }

  private static String schema(String name, Class<?> owner) {
    try (InputStream in = owner.getResourceAsStream(name + ".json")) {
      if (in == null) {
        throw new IllegalStateException("schema " + name + ".json is missing beside " + owner);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
