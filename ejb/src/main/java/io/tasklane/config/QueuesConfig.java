package io.tasklane.config;

import io.tasklane.queue.QueueSettings;
import io.tasklane.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The queues that are created at the first start: tasklane.queues names them, and tasklane.queue.
 * <i>name</i>.timeout, .max-attempts and .result-ttl set their defaults, with the name in
 * kebab-case as in tasklane.queue.ai-analysis.timeout=PT15M.
 *
 * @param queues their settings
 */
public record QueuesConfig(List<QueueSettings> queues) {
  private static final String SHIPPED = "PORTFOLIO_SYNC,DATA_FETCHER,AI_ANALYSIS";

  /** Reads the keys. */
  public static QueuesConfig from(Settings settings) {
    List<QueueSettings> queues = new ArrayList<>();
    for (String id : settings.text("tasklane.queues", SHIPPED).split(",")) {
      queues.add(queue(id.strip(), settings));
    }
    return new QueuesConfig(queues);
  }

  private static QueueSettings queue(String id, Settings settings) {
    String prefix = "tasklane.queue." + id.toLowerCase(Locale.ROOT).replace('_', '-') + ".";
    int attempts =
        settings.number(prefix + "max-attempts", RetryPolicy.DEFAULT.maximumAttempts(), 1, 100);
    Duration timeout = settings.duration(prefix + "timeout", Duration.ofSeconds(3600));
    Duration resultTtl = settings.duration(prefix + "result-ttl", Duration.ofHours(24));
    try {
      return new QueueSettings(id, 1, RetryPolicy.attempts(attempts), timeout, resultTtl);
    } catch (IllegalArgumentException notAllowed) {
      throw Settings.wrong("tasklane.queues", id, notAllowed.getMessage());
    }
  }
}
