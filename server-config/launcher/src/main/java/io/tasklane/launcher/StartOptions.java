package io.tasklane.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code server start} was asked for, checked.
 *
 * @param data the lasting data folder, absolute; default {@code ./tasklane-data}
 * @param grpcPort port of the API on 127.0.0.1, default 9090; 0 picks a free one
 * @param httpPort port of the dashboard on 127.0.0.1, default 8080; 0 picks a free one
 * @param jmsPort port of the broker on 127.0.0.1, default 61616; 0 picks a free one
 * @param tradingData folder with the user's own files; empty: the built-in sample
 * @param asOf the day the trading tasks take for today; empty: the data's own
 * @param node this node's name, default {@code node-1}
 * @param handlers jars with further handlers, default none
 */
public record StartOptions(
    Path data,
    int grpcPort,
    int httpPort,
    int jmsPort,
    Optional<Path> tradingData,
    Optional<LocalDate> asOf,
    String node,
    List<Path> handlers) {

  static final String DATA = "--data";
  static final String DEFAULT_DATA = "tasklane-data";
  private static final Set<String> KNOWN =
      Set.of(
          DATA,
          "--grpc-port",
          "--http-port",
          "--jms-port",
          "--trading-data",
          "--as-of",
          "--node",
          HandlerJars.HANDLERS);

  static StartOptions read(List<String> arguments) throws BadOption {
    Options options = Options.read(arguments, KNOWN);
    int grpc = options.port("--grpc-port", 9090);
    int http = options.port("--http-port", 8080);
    int jms = options.port("--jms-port", 61616);
    refuseSame("--http-port", http, grpc);
    refuseSame("--jms-port", jms, grpc);
    refuseSame("--jms-port", jms, http);
    return new StartOptions(
        dataFolder(options),
        grpc,
        http,
        jms,
        tradingFolder(options),
        day(options),
        nodeName(options),
        HandlerJars.read(options));
  }

  private static void refuseSame(String option, int port, int other) throws BadOption {
    if (port != 0 && port == other) {
      throw BadOption.value(option, Integer.toString(port), "a port that no other option names");
    }
  }

  /** The data folder of any command; it need not exist, but must not be a file. */
  static Path dataFolder(Options options) throws BadOption {
    Path folder = options.path(DATA, DEFAULT_DATA);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw BadOption.value(DATA, folder.toString(), "a folder, this is a file");
    }
    return folder;
  }

  private static Optional<Path> tradingFolder(Options options) throws BadOption {
    if (options.text("--trading-data", null) == null) {
      return Optional.empty();
    }
    Path folder = options.path("--trading-data", "");
    if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
      throw BadOption.value(
          "--trading-data", folder.toString(), "an existing folder that can be read");
    }
    return Optional.of(folder);
  }

  private static Optional<LocalDate> day(Options options) throws BadOption {
    String value = options.text("--as-of", null);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(value));
    } catch (DateTimeException notADate) {
      throw BadOption.value("--as-of", value, "a date as YYYY-MM-DD");
    }
  }

  private static String nodeName(Options options) throws BadOption {
    String name = options.text("--node", "node-1");
    if (!name.matches("[a-z][a-z0-9-]{0,62}") || Set.of("postgres", "broker").contains(name)) {
      throw BadOption.value(
          "--node",
          name,
          "a lower-case letter, then up to 62 letters, digits or hyphens (not postgres, broker)");
    }
    return name;
  }
}
