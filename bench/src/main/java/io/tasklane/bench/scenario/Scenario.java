package io.tasklane.bench.scenario;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.server.OwnServer;
import io.tasklane.bench.server.ServerMeter;
import io.tasklane.bench.server.Target;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What all scenarios have in common: their options, the server that they measure, and how figures
 * are printed. A scenario checks its own options, and measures.
 */
public abstract class Scenario implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Clock CLOCK = Clock.systemUTC();

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object as the last line.")
  private boolean json;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "About how long each part is measured, 1 to 600. Default: 10, of warm-up 120.")
  private Integer seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "Seconds that what is measured runs before it counts, 0 to 600. Default: half of"
              + " --seconds.")
  private Integer warmUp;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "A running server. Default: one of its own in a temporary folder.")
  private String server;

  @Option(
      names = "--database-url",
      paramLabel = "JDBC",
      description =
          "With --server: its PostgreSQL with user and password, for raw rates and the peer.")
  private String database;

  @Option(
      names = "--broker-url",
      paramLabel = "URL",
      description = "With --server: its broker, such as tcp://127.0.0.1:61616, for its raw rate.")
  private String broker;

  @Option(
      names = "--server-pid",
      split = ",",
      paramLabel = "PID",
      description = "With --server: its launchers, for the processor time of all it consists of.")
  private List<Long> launchers = List.of();

  @Override
  public final Integer call() throws Exception {
    seconds = seconds == null ? usualSeconds() : seconds;
    requireRange("--seconds", seconds, 1, 600);
    if (warmUp == null) {
      warmUp = seconds / 2;
    }
    requireRange("--warm-up", warmUp, 0, 600);
    check();
    Figures figures =
        Figures.of(spec.name(), CLOCK.instant())
            .detail("seconds_a_part", seconds)
            .detail("seconds_to_warm_up", warmUp);
    for (int left = servers(); left > 0; left--) {
      try (Target target = target()) {
        measure(target, figures, left == 1 ? this::print : notYet -> {});
      }
    }
    return 0;
  }

  private void measure(Target target, Figures figures, Consumer<Figures> printer) throws Exception {
    ManagedChannel channel = NettyChannelBuilder.forTarget(target.grpc()).usePlaintext().build();
    try (ServerMeter meter = new ServerMeter(target, this::remark)) {
      TaskCalls calls =
          new TaskCalls(channel, Long.toString(CLOCK.millis(), 36).toUpperCase(Locale.ROOT));
      Duration time = Duration.ofSeconds(seconds);
      Duration warm = Duration.ofSeconds(warmUp);
      printer.accept(
          measure(new Setting(target, calls, meter, time, warm, CLOCK, figures, this::remark)));
      leave(calls);
    } finally {
      channel.shutdownNow();
    }
  }

  // A server of the bench's own is gone a moment later, with all that is in it.
  private void leave(TaskCalls calls) throws InterruptedException {
    if (server == null) {
      return;
    }
    remark("leaving the server ...");
    List<String> left = calls.leave(PATIENCE);
    if (!left.isEmpty()) {
      remark("not empty yet, and left to themselves: " + String.join(", ", left));
    }
  }

  /**
   * Refuses values of the scenario's own options, before anything is started.
   *
   * @throws ParameterException if one is not allowed
   */
  protected void check() {
    // most have none
  }

  /** The default of {@code --seconds}: how long a part is measured, in seconds. */
  protected int usualSeconds() {
    return 10;
  }

  /**
   * How often {@link #measure} is called: each time on a fresh server of its own, or again on the
   * server that was given. The figures of all calls are printed together.
   */
  protected int servers() {
    return 1;
  }

  /**
   * Measures.
   *
   * @return the figures of the setting, with what was measured and what it compares with
   * @throws Exception if the server fails; nothing is printed then
   */
  protected abstract Figures measure(Setting setting) throws Exception;

  /**
   * Refuses an option's value that is too small or too large.
   *
   * @param option as the user writes it, such as {@code --queues}
   * @param value what was given
   * @param least the smallest value allowed
   * @param most the largest value allowed
   */
  protected final void requireRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), "%s %d: %d to %d are allowed".formatted(option, value, least, most));
    }
  }

  // Progress, on standard error.
  private void remark(String text) {
    spec.commandLine().getErr().println(text);
    spec.commandLine().getErr().flush();
  }

  private void print(Figures figures) {
    if (json) {
      spec.commandLine().getOut().println(figures.json());
      spec.commandLine().getOut().flush();
    } else {
      figures.print(spec.commandLine().getOut());
    }
  }

  private Target target() throws Exception {
    if (server != null) {
      return Target.running(
          server, Optional.ofNullable(database), Optional.ofNullable(broker), launchers);
    }
    String home = System.getenv("TASKLANE_HOME");
    if (home == null) {
      throw new ParameterException(
          spec.commandLine(),
          "TASKLANE_HOME is not set: run the bench through ./tasklane, or give --server HOST:PORT");
    }
    return own(Path.of(home), this::remark);
  }

  /**
   * Starts a server of the bench's own.
   *
   * @param home the folder of the {@code tasklane} script
   * @param remark receives progress messages
   * @throws Exception if it does not start
   */
  protected Target own(Path home, Consumer<String> remark) throws Exception {
    remark.accept("starting a server of its own in a temporary folder ...");
    return OwnServer.start(home);
  }

  /** About how long a part is measured, in seconds. */
  protected final int seconds() {
    return seconds;
  }

  /**
   * Refuses {@code --server}: the scenario needs a server of its own.
   *
   * @param why as the error message says it
   */
  protected final void requireOwnServer(String why) {
    if (server != null) {
      throw new ParameterException(
          spec.commandLine(), "--server " + server + ": not for this scenario, since " + why);
    }
  }
}
