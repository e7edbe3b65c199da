package io.tasklane.launcher;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/** The command {@code server}: {@code start}, {@code status} or {@code stop}. */
public final class Launcher {
  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final String HELP =
      """
      tasklane server start [--data DIR] [--grpc-port N] [--http-port N] [--jms-port N]
                            [--database-port N] [--trading-data FOLDER] [--as-of DATE]
                            [--node NAME | --no-node] [--restarts N]
                            [--handlers FILE.jar[,FILE.jar]]
          runs a server in the foreground until Ctrl-C or "tasklane server stop"; prints one line
          when it is ready. Defaults: ./tasklane-data, 9090, 8080, 61616, any free port, the
          built-in sample, node-1, 5 restarts of a part in 5 minutes. A port of 0 picks a free one.
          Everything listens on 127.0.0.1. --no-node: database and broker alone, for nodes to
          join. --handlers: jars with handlers of your own, which the node runs too
      tasklane server start --node NAME --database-url URL --broker-url URL
                            [--database-user NAME] [--database-password-file FILE] [--data DIR]
                            [--grpc-port N] [--http-port N] [--trading-data FOLDER] [--as-of DATE]
                            [--restarts N] [--handlers FILE.jar[,FILE.jar]]
          runs one more node of a running system. Instead of the file, the environment may have
          TASKLANE_DATABASE_PASSWORD. Default of --data: ./tasklane-data-NAME
      tasklane server status [--data DIR]    exit code 0 if a server runs on that folder, else 1;
                                             tells what further nodes need to join
      tasklane server stop [--data DIR]      ends it and waits for that""";

  private Launcher() {}

  /**
   * Runs one command. Exit codes: 0 fine, 1 error, 2 a command line that is not understood.
   *
   * @param arguments the verb and its options
   */
  public static void main(String[] arguments) {
    System.exit(run(Arrays.asList(arguments)));
  }

  private static int run(List<String> arguments) {
    try {
      return dispatch(arguments);
    } catch (BadOption refused) {
      System.err.println("tasklane: " + refused.getMessage());
      return USAGE;
    } catch (CannotStart reason) {
      System.err.println("tasklane: " + reason.getMessage());
      return FAILED;
    } catch (IOException failed) {
      System.err.println("tasklane: " + failed);
      return FAILED;
    }
  }

  private static int dispatch(List<String> arguments) throws BadOption, CannotStart, IOException {
    String verb = arguments.isEmpty() ? "" : arguments.get(0);
    List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
    if (rest.contains("--help") || List.of("help", "--help", "-h").contains(verb)) {
      System.out.println(HELP);
      return 0;
    }
    return switch (verb) {
      case "start" -> new StartCommand(Clock.systemUTC()).run(StartOptions.read(rest));
      case "status" -> new StatusCommand(rest).run();
      case "stop" -> new StopCommand(rest).run();
      default ->
          throw new BadOption(
              "server: \"" + verb + "\" is not allowed; give start, status or stop");
    };
  }
}
