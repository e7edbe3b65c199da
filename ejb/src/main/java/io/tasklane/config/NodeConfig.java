package io.tasklane.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a node needs to know to start.
 *
 * @param name of the node, the same over restarts; tasklane.node
 * @param dataDir where its lock file stands; tasklane.data-dir
 * @param databaseUrl JDBC URL of PostgreSQL; tasklane.database.url
 * @param databaseUser its user; tasklane.database.user
 * @param databasePassword may be missing; tasklane.database.password-file names the file that holds
 *     it, else tasklane.database.password is it
 * @param brokerUrl of Artemis; tasklane.broker.url
 * @param startTimeout how long to try to reach the database at the start; tasklane.start-timeout
 */
public record NodeConfig(
    String name,
    Path dataDir,
    String databaseUrl,
    String databaseUser,
    Optional<Secret> databasePassword,
    String brokerUrl,
    Duration startTimeout) {

  /** Reads the keys. */
  public static NodeConfig from(Settings settings) {
    String name = settings.text("tasklane.node", "node-1");
    if (!name.matches("[a-z0-9][a-z0-9.-]{0,62}")) {
      throw Settings.wrong("tasklane.node", name, "[a-z0-9][a-z0-9.-]{0,62}");
    }
    String url =
        settings.text("tasklane.database.url", "jdbc:postgresql://127.0.0.1:5432/tasklane");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw Settings.wrong("tasklane.database.url", url, "a URL that begins with jdbc:postgresql:");
    }
    return new NodeConfig(
        name,
        Path.of(settings.text("tasklane.data-dir", "tasklane-data")),
        url,
        settings.text("tasklane.database.user", "tasklane"),
        Secret.from(settings, "tasklane.database.password"),
        settings.text("tasklane.broker.url", "tcp://127.0.0.1:61616"),
        settings.duration("tasklane.start-timeout", Duration.ofSeconds(60)));
  }
}
