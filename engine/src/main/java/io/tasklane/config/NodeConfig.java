package io.tasklane.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a node needs to start.
 *
 * @param name of the node, the same after a restart; tasklane.node
 * @param dataDir where its lock file is; tasklane.data-dir
 * @param database of the node; tasklane.database
 * @param brokerUrl of Artemis; tasklane.broker.url
 * @param startTimeout how long to try to reach the database at the start; tasklane.start-timeout
 * @param stuckLimit how long a handler may ignore its interrupt before the node ends itself, at
 *     least PT10S; tasklane.handlers.stuck-limit
 * @param stopGrace how long handlers may go on when the node is stopped, PT3S by default, at most
 *     PT1H; tasklane.handlers.stop-grace
 */
public record NodeConfig(
    String name,
    Path dataDir,
    DatabaseConfig database,
    String brokerUrl,
    Duration startTimeout,
    Duration stuckLimit,
    Duration stopGrace) {
  private static final String STUCK_LIMIT = "tasklane.handlers.stuck-limit";
  private static final String STOP_GRACE = "tasklane.handlers.stop-grace";
  private static final Duration LONGEST_GRACE = Duration.ofHours(1);
  private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(10);

  /** Reads the keys. */
  public static NodeConfig from(Settings settings) {
    String name = settings.text("tasklane.node", "node-1");
    if (!name.matches("[a-z0-9][a-z0-9.-]{0,62}")) {
      throw Settings.wrong("tasklane.node", name, "[a-z0-9][a-z0-9.-]{0,62}");
    }
    return new NodeConfig(
        name,
        Path.of(settings.text("tasklane.data-dir", "tasklane-data")),
        DatabaseConfig.from(settings),
        settings.text("tasklane.broker.url", "tcp://127.0.0.1:61616"),
        settings.duration("tasklane.start-timeout", Duration.ofSeconds(60)),
        stuckLimit(settings),
        stopGrace(settings));
  }

  private static Duration stopGrace(Settings settings) {
    Duration grace = settings.duration(STOP_GRACE, Duration.ofSeconds(3));
    if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
      throw Settings.wrong(
          STOP_GRACE,
          settings.text(STOP_GRACE, ""),
          "an ISO-8601 duration from PT0S to " + LONGEST_GRACE);
    }
    return grace;
  }

  private static Duration stuckLimit(Settings settings) {
    Duration limit = settings.duration(STUCK_LIMIT, Duration.ofMinutes(5));
    if (limit.compareTo(SHORTEST_LIMIT) < 0) {
      throw Settings.wrong(
          STUCK_LIMIT,
          settings.text(STUCK_LIMIT, ""),
          "an ISO-8601 duration of at least " + SHORTEST_LIMIT);
    }
    return limit;
  }
}
