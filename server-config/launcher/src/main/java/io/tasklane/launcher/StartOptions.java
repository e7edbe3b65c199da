package io.tasklane.launcher;

import io.tasklane.launcher.address.Backbone;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.node.NodeJvm;
import io.tasklane.launcher.process.LogLimits;
import io.tasklane.launcher.process.RestartBudget;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What {@code server start} was asked for, checked.
 *
 * @param data the lasting data folder as it was given; default {@code ./tasklane-data}, for a node
 *     that joins {@code ./tasklane-data-NAME}
 * @param grpcPort port of the API on 127.0.0.1, default 9090; 0 picks a free one
 * @param httpPort port of the dashboard on 127.0.0.1, default 8080; 0 picks a free one
 * @param jmsPort port of the broker on 127.0.0.1, default 61616; 0 picks a free one
 * @param databasePort port of the database on 127.0.0.1, by default any free one
 * @param tradingData folder with the user's own files; empty: the built-in sample
 * @param asOf the day the trading tasks take for today; empty: the data's own
 * @param node this node's name, default {@code node-1}; empty: no node, for others to join
 * @param joined the system that the node joins; empty: the server's own database and broker
 * @param restarts how often a component that dies is started again within five minutes, default 5
 * @param handlers jars with further handlers of the node, default none
 * @param jvm heap and flags of the node's virtual machine
 * @param logs where the logs are, and how much of them is kept
 * @param grace how long handlers may go on when the server stops, default 3 s
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
    List<Path> handlers,
    NodeJvm jvm,
    LogOptions logs,
    Duration grace) {

  /**
   * Where the logs are, and how much of them is kept.
   *
   * @param folder as it was given; empty: {@code logs} in the data folder
   * @param limits of each log
   */
  record LogOptions(Optional<Path> folder, LogLimits limits) {}

  /** Seconds that handlers may go on when the server stops, if nothing else is asked for. */
  static final int GRACE_SECONDS = 3;

  /** The data folder, with the logs where they were asked for. */
  DataFolder folder() {
    return new DataFolder(data, logs.folder());
  }

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
        List.of(),
        new NodeJvm(NodeJvm.HEAP, List.of()),
        new LogOptions(Optional.empty(), LogLimits.USUAL),
        Duration.ofSeconds(GRACE_SECONDS));
  }

  /** How often a component may die. */
  RestartBudget budget(Clock clock) {
    return new RestartBudget(clock, restarts);
  }
}
