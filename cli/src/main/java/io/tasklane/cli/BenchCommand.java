package io.tasklane.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Stands in the help for what the {@code tasklane} script hands to the bench. */
@Command(
    name = "bench",
    description = "Measure this machine: bench SCENARIO [--json].",
    customSynopsis = "tasklane bench SCENARIO [--json]",
    footer = {"", "Example: tasklane bench queue --json"})
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Unmatched private List<String> words;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "the bench does this: run it through the ./tasklane script");
  }
}
