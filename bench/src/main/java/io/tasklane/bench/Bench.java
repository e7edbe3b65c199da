package io.tasklane.bench;

import io.tasklane.bench.faults.Faults;
import io.tasklane.bench.growth.Growth;
import io.tasklane.bench.hot.Jmh;
import io.tasklane.bench.latency.Latency;
import io.tasklane.bench.report.Report;
import io.tasklane.bench.scenario.AllQueues;
import io.tasklane.bench.scenario.Backlog100k;
import io.tasklane.bench.scenario.Backlog1m;
import io.tasklane.bench.scenario.Chain;
import io.tasklane.bench.scenario.Create;
import io.tasklane.bench.scenario.CreateBulk;
import io.tasklane.bench.scenario.Failover;
import io.tasklane.bench.scenario.Fan;
import io.tasklane.bench.scenario.Inversion;
import io.tasklane.bench.scenario.OneQueue;
import io.tasklane.bench.scenario.ThreeQueues;
import io.tasklane.bench.scenario.WarmUp;
import io.tasklane.bench.workflow.Steps;
import io.tasklane.bench.workflow.WorkflowCost;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tasklane bench SCENARIO}. */
@Command(
    name = "tasklane bench",
    description = "Measures Tasklane on this machine, beside what the machine can do without it.",
    synopsisSubcommandLabel = "SCENARIO",
    subcommands = {
      Create.class,
      CreateBulk.class,
      OneQueue.class,
      AllQueues.class,
      ThreeQueues.class,
      Latency.class,
      Chain.class,
      Fan.class,
      Inversion.class,
      Failover.class,
      Backlog100k.class,
      Backlog1m.class,
      Growth.class,
      WarmUp.class,
      WorkflowCost.class,
      Steps.class,
      Jmh.class,
      Report.class,
      Faults.class
    },
    mixinStandardHelpOptions = true)
public final class Bench {
  private Bench() {}

  /**
   * Runs one scenario and ends the JVM with 0 if it was measured.
   *
   * @param args the scenario and its options
   */
  public static void main(String[] args) {
    System.exit(line().execute(args));
  }

  /** The command line with all scenarios. */
  static CommandLine line() {
    CommandLine line = new CommandLine(new Bench());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (error, command, parsed) -> {
          command.getErr().println("tasklane bench: " + error.getMessage());
          return 1;
        });
    return line;
  }
}
