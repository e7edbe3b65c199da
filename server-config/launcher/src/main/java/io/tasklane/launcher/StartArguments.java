package io.tasklane.launcher;

import io.tasklane.launcher.address.Backbone;
import io.tasklane.launcher.process.RestartBudget;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code server start} as they are written, and which of them go together. */
final class StartArguments {
  static final String GRPC_PORT = "--grpc-port";
  static final String HTTP_PORT = "--http-port";
  static final String JMS_PORT = "--jms-port";
  static final String DATABASE_PORT = "--database-port";
  private static final String NODE = "--node";
  private static final String GRACE = "--grace";
  private static final String NO_NODE = "--no-node";
  private static final List<String> OF_THE_NODE =
      List.of(
          GRPC_PORT,
          HTTP_PORT,
          "--trading-data",
          "--as-of",
          "--handlers",
          JvmArguments.HEAP,
          JvmArguments.JAVA_OPTIONS,
          GRACE,
          NODE);

  @Option(
      names = DataArgument.DATA,
      paramLabel = "DIR",
      converter = OptionValues.DataFolderPath.class,
      description =
          "The data folder, kept from start to start. Default: ./tasklane-data, for a node that"
              + " joins a system ./tasklane-data-NAME.")
  private Path data;

  @Option(
      names = GRPC_PORT,
      paramLabel = "N",
      defaultValue = "9090",
      converter = OptionValues.Port.class,
      description = "Port of the API. Default: ${DEFAULT-VALUE}; 0 picks a free one.")
  private int grpcPort;

  @Option(
      names = HTTP_PORT,
      paramLabel = "N",
      defaultValue = "8080",
      converter = OptionValues.Port.class,
      description = "Port of the dashboard. Default: ${DEFAULT-VALUE}; 0 picks a free one.")
  private int httpPort;

  @Option(
      names = JMS_PORT,
      paramLabel = "N",
      defaultValue = "61616",
      converter = OptionValues.Port.class,
      description = "Port of the broker. Default: ${DEFAULT-VALUE}; 0 picks a free one.")
  private int jmsPort;

  @Option(
      names = DATABASE_PORT,
      paramLabel = "N",
      defaultValue = "0",
      converter = OptionValues.Port.class,
      description = "Port of the database. Default: any free one.")
  private int databasePort;

  @Option(
      names = "--trading-data",
      paramLabel = "FOLDER",
      converter = OptionValues.ReadableFolder.class,
      description = "Trading data of your own. Default: the built-in sample.")
  private Path tradingData;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      converter = OptionValues.Day.class,
      description = "The day that trading tasks take for today. Default: the data's own.")
  private LocalDate asOf;

  @Option(
      names = NODE,
      paramLabel = "NAME",
      defaultValue = "node-1",
      converter = OptionValues.NodeName.class,
      description = "Name of the node. Default: ${DEFAULT-VALUE}.")
  private String node;

  @Option(
      names = NO_NODE,
      description = "Database and broker alone, for nodes of other launchers to join.")
  private boolean noNode;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      defaultValue = "" + RestartBudget.RESTARTS,
      converter = OptionValues.Restarts.class,
      description =
          "How often a component that dies is started again within 5 minutes. Default:"
              + " ${DEFAULT-VALUE}.")
  private int restarts;

  @Option(
      names = "--handlers",
      paramLabel = "FILE.jar[,FILE.jar]",
      defaultValue = Option.NULL_VALUE,
      converter = HandlerJars.Converter.class,
      description = "Jars with handlers of your own, which the node runs too.")
  private HandlerJars handlers;

  @Option(
      names = GRACE,
      paramLabel = "SECONDS",
      defaultValue = "" + StartOptions.GRACE_SECONDS,
      converter = OptionValues.Grace.class,
      description =
          "How long running handlers may go on when the server stops. Default: ${DEFAULT-VALUE}.")
  private Duration grace;

  @Mixin private JvmArguments jvm;
  @Mixin private LogArguments logs;
  @Mixin private JoinArguments join;

  /**
   * What is asked for.
   *
   * @param line the command, after it was parsed
   * @throws ParameterException naming an option that does not go with another
   */
  StartOptions options(CommandLine line) {
    Optional<Backbone> joined = join.backbone(line);
    Optional<String> name = nodeName(line, joined.isPresent());
    refuseEqualPorts(line);
    return new StartOptions(
        data != null ? data : DataArgument.standard(line, joined.isPresent() ? "-" + node : ""),
        grpcPort,
        httpPort,
        jmsPort,
        databasePort,
        Optional.ofNullable(tradingData),
        Optional.ofNullable(asOf),
        name,
        joined,
        restarts,
        handlers == null ? List.of() : handlers.files(),
        jvm.jvm(),
        logs.logs(),
        grace);
  }

  private Optional<String> nodeName(CommandLine line, boolean joins) {
    if (!noNode) {
      if (joins && !line.getParseResult().hasMatchedOption(NODE)) {
        throw new ParameterException(
            line, NODE + ": is missing; give a name that no other node of the system has");
      }
      return Optional.of(node);
    }
    OptionValues.refuseGiven(line, OF_THE_NODE, "not with " + NO_NODE + ", which starts no node");
    if (joins) {
      throw new ParameterException(
          line, NO_NODE + ": not with " + JoinArguments.DATABASE_URL + "; nothing is left");
    }
    return Optional.empty();
  }

  private void refuseEqualPorts(CommandLine line) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put(GRPC_PORT, grpcPort);
    ports.put(HTTP_PORT, httpPort);
    ports.put(JMS_PORT, jmsPort);
    ports.put(DATABASE_PORT, databasePort);
    Set<Integer> named = new HashSet<>();
    ports.forEach(
        (option, port) -> {
          if (port != 0 && !named.add(port)) {
            throw new ParameterException(
                line,
                option
                    + ": \""
                    + port
                    + "\" is not allowed; give a port that no other option names");
          }
        });
  }
}
