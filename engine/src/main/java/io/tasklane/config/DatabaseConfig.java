package io.tasklane.config;

import java.util.Optional;

/**
 * How a node reaches PostgreSQL.
 *
 * @param url JDBC URL; tasklane.database.url
 * @param user tasklane.database.user
 * @param password optional; tasklane.database.password-file names the file that contains it,
 *     otherwise it is tasklane.database.password, which belongs in the server's secret store for
 *     applications, such as Payara Server's password aliases, or in the environment
 * @param pool JNDI name of a connection pool of the server, to the same database, that reads use
 *     instead of the application's own; tasklane.database.pool
 */
public record DatabaseConfig(
    String url, String user, Optional<Secret> password, Optional<String> pool) {
  private static final String KEY = "tasklane.database.";

  /** Reads the keys. */
  public static DatabaseConfig from(Settings settings) {
    String url = settings.text(KEY + "url", "jdbc:postgresql://127.0.0.1:5432/tasklane");
    if (!url.startsWith("jdbc:postgresql:")) {
      throw Settings.wrong(KEY + "url", url, "a URL that begins with jdbc:postgresql:");
    }
    return new DatabaseConfig(
        url,
        settings.text(KEY + "user", "tasklane"),
        Secret.from(settings, KEY + "password"),
        settings.optional(KEY + "pool"));
  }

  /** Without the password, so that it never appears in a log. */
  @Override
  public String toString() {
    return "PostgreSQL at " + url + " as " + user;
  }
}
