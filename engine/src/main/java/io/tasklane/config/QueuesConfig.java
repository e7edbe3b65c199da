package io.tasklane.config;

import io.tasklane.queue.QueueDefaults;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.retry.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The queues that every start creates if they do not exist: tasklane.queues names them, and
 * tasklane.queue. <i>name</i>.timeout, .max-attempts and .result-ttl set their defaults, with the
 * name in kebab-case as in tasklane.queue.ai-analysis.timeout=PT15M.
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

  /** Their ids. */
  public Set<String> ids() {
    return queues.stream().map(QueueSettings::queueId).collect(Collectors.toUnmodifiableSet());
  }

  private static QueueSettings queue(String id, Settings settings) {
    String prefix = "tasklane.queue." + id.toLowerCase(Locale.ROOT).replace('_', '-') + ".";
    int attempts =
        settings.number(prefix + "max-attempts", RetryPolicy.DEFAULT.maximumAttempts(), 1, 100);
    Duration timeout =
        settings.duration(prefix + "timeout", QueueDefaults.STANDARD.timeouts().attempt());
    Duration resultTtl =
        settings.duration(prefix + "result-ttl", QueueDefaults.STANDARD.resultTtl());
    try {
      return new QueueSettings(
          id, QueuePolicy.STANDARD, RetryPolicy.attempts(attempts), timeout, resultTtl);
    } catch (IllegalArgumentException notAllowed) {
      throw Settings.wrong("tasklane.queues", id, notAllowed.getMessage());
    }
  }
}
