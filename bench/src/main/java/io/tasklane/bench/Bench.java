package io.tasklane.bench;

import io.tasklane.bench.faults.Faults;
import io.tasklane.bench.scenario.OneQueue;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tasklane bench SCENARIO}. */
@Command(
    name = "tasklane bench",
    description = "Measures Tasklane on this machine, beside what the machine can do without it.",
    synopsisSubcommandLabel = "SCENARIO",
    subcommands = {OneQueue.class, Faults.class},
    mixinStandardHelpOptions = true)
public final class Bench {
  private Bench() {}

  /**
   * Runs one scenario and ends the JVM with 0 if it was measured.
   *
   * @param args the scenario and its options
   */
  public static void main(String[] args) {
    CommandLine line = new CommandLine(new Bench());
    line.setExecutionExceptionHandler(
        (error, command, parsed) -> {
          command.getErr().println("tasklane bench: " + error.getMessage());
          return 1;
        });
    System.exit(line.execute(args));
  }
}
