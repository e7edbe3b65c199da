package io.tasklane.launcher;

import io.tasklane.launcher.process.RestartBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code server start} was asked for, checked.
 *
 * @param data the lasting data folder, absolute; default {@code ./tasklane-data}, for a node that
 *     joins {@code ./tasklane-data-NAME}
 * @param grpcPort port of the API on 127.0.0.1, default 9090; 0 picks a free one
 * @param httpPort port of the dashboard on 127.0.0.1, default 8080; 0 picks a free one
 * @param jmsPort port of the broker on 127.0.0.1, default 61616; 0 picks a free one
 * @param databasePort port of the database on 127.0.0.1, by default any free one
 * @param tradingData folder with the user's own files; empty: the built-in sample
 * @param asOf the day the trading tasks take for today; empty: the data's own
 * @param node this node's name, default {@code node-1}; empty: no node, for others to join
 * @param joined the system that the node joins; empty: the server's own database and broker
 * @param restarts how often a part that dies is started again within five minutes, default 5
 * @param handlers jars with further handlers of the node, default none
 */
public record StartOptions(
    Path data,
    int grpcPort,
    int httpPort,
    int jmsPort,
    int databasePort,
    Optional<Path> tradingData,
    Optional<LocalDate> asOf,
    Optional<String> node,
    Optional<Backbone> joined,
    int restarts,
    List<Path> handlers) {

  static final String DATA = "--data";
  static final String DEFAULT_DATA = "tasklane-data";
  private static final String NODE = "--node";
  private static final String NO_NODE = "--no-node";
  private static final int MOST_RESTARTS = 100_000;
  private static final List<String> OF_THE_NODE =
      List.of(
          "--grpc-port", "--http-port", "--trading-data", "--as-of", HandlerJars.HANDLERS, NODE);

  /** What a start takes that asks for nothing but free ports. */
  public static StartOptions onFreePorts(Path data, String node) {
    return new StartOptions(
        data,
        0,
        0,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.of(node),
        Optional.empty(),
        RestartBudget.RESTARTS,
        List.of());
  }

  static StartOptions read(List<String> arguments) throws BadOption {
    Set<String> known = new TreeSet<>(Joining.OPTIONS);
    known.addAll(OF_THE_NODE);
    known.addAll(List.of(DATA, "--jms-port", "--database-port", "--restarts"));
    Options options = Options.read(arguments, known, Set.of(NO_NODE));
    int grpc = options.port("--grpc-port", 9090);
    int http = options.port("--http-port", 8080);
    int jms = options.port("--jms-port", 61616);
    int database = options.port("--database-port", 0);
    Optional<Backbone> joined = Joining.read(options);
    Optional<String> node = node(options, joined.isPresent());
    refuseSame("--http-port", http, grpc);
    refuseSame("--jms-port", jms, grpc);
    refuseSame("--jms-port", jms, http);
    refuseSame("--database-port", database, grpc);
    refuseSame("--database-port", database, http);
    refuseSame("--database-port", database, jms);
    return new StartOptions(
        dataFolder(options, joined.isPresent() ? DEFAULT_DATA + "-" + node.get() : DEFAULT_DATA),
        grpc,
        http,
        jms,
        database,
        tradingFolder(options),
        day(options),
        node,
        joined,
        options.number("--restarts", RestartBudget.RESTARTS, MOST_RESTARTS),
        HandlerJars.read(options));
  }

  /** How often a part may die. */
  RestartBudget budget(Clock clock) {
    return new RestartBudget(clock, restarts);
  }

  private static void refuseSame(String option, int port, int other) throws BadOption {
    if (port != 0 && port == other) {
      throw BadOption.value(option, Integer.toString(port), "a port that no other option names");
    }
  }

  /** The data folder of any command; it need not exist, but must not be a file. */
  static Path dataFolder(Options options) throws BadOption {
    return dataFolder(options, DEFAULT_DATA);
  }

  private static Path dataFolder(Options options, String otherwise) throws BadOption {
    Path folder = options.path(DATA, otherwise);
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

  private static Optional<String> node(Options options, boolean joins) throws BadOption {
    if (options.has(NO_NODE)) {
      for (String option : OF_THE_NODE) {
        if (options.has(option)) {
          throw new BadOption(option + ": not with " + NO_NODE + ", which starts no node");
        }
      }
      if (joins) {
        throw new BadOption(NO_NODE + ": not with " + Joining.DATABASE_URL + "; nothing is left");
      }
      return Optional.empty();
    }
    if (joins && !options.has(NODE)) {
      throw BadOption.missing(NODE, "a name that no other node of the system has");
    }
    return Optional.of(nodeName(options));
  }

  private static String nodeName(Options options) throws BadOption {
    String name = options.text(NODE, "node-1");
    if (!name.matches("[a-z][a-z0-9-]{0,62}") || Set.of("postgres", "broker").contains(name)) {
      throw BadOption.value(
          NODE,
          name,
          "a lower-case letter, then up to 62 letters, digits or hyphens (not postgres, broker)");
    }
    return name;
  }
}
