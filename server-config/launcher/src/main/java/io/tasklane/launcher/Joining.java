package io.tasklane.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of a node that joins a running system: where its database and its broker are. */
final class Joining {
  static final String DATABASE_URL = "--database-url";
  static final String BROKER_URL = "--broker-url";
  static final Set<String> OPTIONS =
      Set.of(DATABASE_URL, "--database-user", "--database-password-file", BROKER_URL);

  /** What only a server with its own database and broker can be told. */
  private static final List<String> NOT_WITH_IT = List.of("--jms-port", "--database-port");

  private static final Pattern DATABASE =
      Pattern.compile("jdbc:postgresql://[^\\s/?#@]+/[^\\s/?#]+(\\?\\S*)?");
  private static final Pattern BROKER =
      Pattern.compile("tcp://([^\\s:/?#@\\[\\]]+|\\[[0-9a-fA-F:.]+]):(\\d{1,5})");

  private Joining() {}

  /** Where to join, empty where the server brings its own database and broker. */
  static Optional<Backbone> read(Options options) throws BadOption {
    if (OPTIONS.stream().noneMatch(options::has)) {
      return Optional.empty();
    }
    for (String option : List.of(DATABASE_URL, BROKER_URL)) {
      if (!options.has(option)) {
        throw BadOption.missing(
            option, "both " + DATABASE_URL + " and " + BROKER_URL + " to join a running system");
      }
    }
    for (String option : NOT_WITH_IT) {
      if (options.has(option)) {
        throw new BadOption(
            option + ": a node that joins by " + BROKER_URL + " starts no database and no broker");
      }
    }
    Matcher broker = broker(options.text(BROKER_URL, ""));
    return Optional.of(
        new Backbone(
            databaseUrl(options.text(DATABASE_URL, "")),
            options.text("--database-user", "tasklane"),
            passwordFile(options),
            broker.group(1),
            Integer.parseInt(broker.group(2))));
  }

  // The value is not repeated where it may hold a password.
  private static String databaseUrl(String url) throws BadOption {
    if (url.toLowerCase(Locale.ROOT).contains("password")) {
      throw new BadOption(
          DATABASE_URL
              + ": a password is not allowed in it; give --database-password-file, or"
              + " TASKLANE_DATABASE_PASSWORD in the environment");
    }
    if (!DATABASE.matcher(url).matches()) {
      throw BadOption.value(DATABASE_URL, url, "jdbc:postgresql://HOST:PORT/NAME");
    }
    return url;
  }

  private static Matcher broker(String url) throws BadOption {
    Matcher broker = BROKER.matcher(url);
    if (!broker.matches() || !isPort(broker.group(2))) {
      throw BadOption.value(BROKER_URL, url, "tcp://HOST:PORT");
    }
    return broker;
  }

  private static boolean isPort(String text) {
    int port = Integer.parseInt(text);
    return port >= 1 && port <= 65535;
  }

  private static Optional<Path> passwordFile(Options options) throws BadOption {
    if (!options.has("--database-password-file")) {
      return Optional.empty();
    }
    Path file = options.path("--database-password-file", "");
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw BadOption.value(
          "--database-password-file", file.toString(), "an existing file that can be read");
    }
    return Optional.of(file);
  }
}
