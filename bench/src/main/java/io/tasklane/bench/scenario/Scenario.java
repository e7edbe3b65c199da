package io.tasklane.bench.scenario;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.bench.Figures;
import io.tasklane.bench.server.OwnServer;
import io.tasklane.bench.server.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all scenarios have in common: their options, their server, and how figures are told. */
abstract class Scenario implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object as the last line.")
  private boolean json;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "About how long each part is measured, 1 to 600. Default: 10.")
  private int seconds = 10;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "A running server. Default: one of its own in a temporary folder.")
  private String server;

  @Option(
      names = "--database-url",
      paramLabel = "JDBC",
      description = "With --server: its PostgreSQL with user and password, for the raw rate.")
  private String database;

  @Override
  public final Integer call() throws Exception {
    if (seconds < 1 || seconds > 600) {
      throw new ParameterException(
          spec.commandLine(), "--seconds " + seconds + ": 1 to 600 are allowed");
    }
    try (Target target = target()) {
      ManagedChannel channel = NettyChannelBuilder.forTarget(target.grpc()).usePlaintext().build();
      try {
        tell(measure(target, channel, Duration.ofSeconds(seconds)));
      } finally {
        channel.shutdownNow();
      }
    }
    return 0;
  }

  /**
   * Measures.
   *
   * @param target the server
   * @param channel to its API
   * @param time about how long each part may take
   */
  abstract Figures measure(Target target, ManagedChannel channel, Duration time) throws Exception;

  /** Says on the side what is going on. */
  final void remark(String text) {
    spec.commandLine().getErr().println(text);
    spec.commandLine().getErr().flush();
  }

  private void tell(Figures figures) {
    if (json) {
      spec.commandLine().getOut().println(figures.json());
      spec.commandLine().getOut().flush();
    } else {
      figures.print(spec.commandLine().getOut());
    }
  }

  private Target target() throws Exception {
    if (server != null) {
      return Target.running(server, Optional.ofNullable(database));
    }
    String home = System.getenv("TASKLANE_HOME");
    if (home == null) {
      throw new ParameterException(
          spec.commandLine(),
          "TASKLANE_HOME is not set: run the bench through ./tasklane, or give --server HOST:PORT");
    }
    remark("starting a server of its own in a temporary folder ...");
    return OwnServer.start(Path.of(home));
  }
}
