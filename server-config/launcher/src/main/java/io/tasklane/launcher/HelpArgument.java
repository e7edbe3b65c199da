package io.tasklane.launcher;

import picocli.CommandLine.Option;

/** The option {@code --help} of every command. */
final class HelpArgument {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Prints this help.")
  private boolean asked;
}
