package io.tasklane.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Stands in the help for what the {@code tasklane} script hands to the launcher. */
@Command(
    name = "server",
    description = "Start, ask for or stop a server on this machine: server start|status|stop.",
    customSynopsis = {
      "tasklane server start [--data DIR] [--grpc-port N] [--http-port N] [--jms-port N]",
      "       tasklane server start --node NAME --database-url URL --broker-url URL [...]",
      "       tasklane server status|stop [--data DIR]"
    },
    footer = {"", "Example: tasklane server start --grpc-port 0"})
final class ServerProcessCommand implements Runnable {
  @Spec private CommandSpec spec;
  @Unmatched private List<String> words;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "the launcher does this: write it first, as ./tasklane server VERB");
  }
}
