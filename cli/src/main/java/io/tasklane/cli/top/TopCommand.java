package io.tasklane.cli.top;

import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.output.TerminalWriter;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;

/** {@code tasklane top}: a live screen of all queues and workers. */
@Command(
    name = "top",
    description = {
      "Show queues, what runs in them, and workers, on a live screen.",
      "Keys: up and down choose a queue, Tab a task that runs; p pauses the queue, r resumes it,"
          + " c cancels the task, each after a question; h shows the keys, q ends."
    },
    footer = {"", "Example: tasklane top --server 127.0.0.1:9090"},
    mixinStandardHelpOptions = true)
public final class TopCommand extends ServerCommand {
  @Override
  protected ExitCode run(Connection connection) {
    if (!TerminalWriter.isTerminal(out())) {
      throw noTerminal();
    }
    try (Terminal terminal = terminal();
        TopFeed feed = new TopFeed(connection, Clock.systemUTC())) {
      AtomicReference<String> message = new AtomicReference<>("");
      try (TopActions actions = new TopActions(connection, message::set)) {
        TopScreen screen =
            new TopScreen(
                connection.address(), TerminalWriter.hasColours(out()), Clock.systemUTC());
        new TopLoop(terminal, feed::figures, new TopState(actions), message::get, screen).run();
      }
      return ExitCode.FINE;
    } catch (IOException failed) {
      throw new CommandFailure(ExitCode.ERROR, "the terminal cannot be used: " + failed);
    }
  }

  /** By stty, which every system with a terminal has; the native ways warn on newer JDKs. */
  private static Terminal terminal() throws IOException {
    try {
      return TerminalBuilder.builder()
          .name("tasklane")
          .system(true)
          .dumb(false)
          .jna(false)
          .jni(false)
          .ffm(false)
          .exec(true)
          .build();
    } catch (IllegalStateException notOne) {
      throw noTerminal();
    }
  }

  private static CommandFailure noTerminal() {
    return new CommandFailure(
        ExitCode.USAGE,
        "top is a screen and needs a terminal\n"
            + "  `tasklane queue stats --watch` prints the figures of queues anywhere");
  }
}
