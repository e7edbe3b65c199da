package io.tasklane.launcher;

import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.folder.FolderLock;
import io.tasklane.launcher.postgres.FormerPostmaster;
import io.tasklane.launcher.process.Leftovers;
import io.tasklane.launcher.process.ProcessId;
import io.tasklane.launcher.process.RunRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code server stop}: asks the launcher of a data folder to end everything, and waits. */
@Command(
    name = "stop",
    description = "Stops the server of that folder and waits until it has ended.")
final class StopCommand implements Callable<Integer> {
  /** How long the end may take beside the handlers' grace. */
  private static final Duration PATIENCE = Duration.ofSeconds(17);

  @Mixin private DataArgument data;
  @Mixin private HelpArgument help;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws CannotStart, IOException {
    DataFolder folder = data.folder();
    RunRecord record = new RunRecord(folder.run());
    Optional<ProcessId> launcher = record.read(RunRecord.LAUNCHER).filter(ProcessId::alive);
    if (launcher.isEmpty()) {
      clearLeftovers(folder, record);
      say("not running", folder);
      return 0;
    }
    Map<String, String> status = StatusFile.in(folder).read();
    String grace = status.getOrDefault(StatusFile.GRACE, "" + StartOptions.GRACE_SECONDS);
    Duration patience = PATIENCE.plusSeconds(Long.parseLong(grace));
    launcher.get().terminate();
    if (!launcher.get().gone(patience)) {
      throw new CannotStart(
          "the server with pid %d did not end within %d s; its logs are in %s"
              .formatted(
                  launcher.get().pid(),
                  patience.toSeconds(),
                  status.getOrDefault(StatusFile.LOGS, folder.logsShown().toString())));
    }
    say("stopped", folder);
    return 0;
  }

  private void say(String state, DataFolder folder) {
    spec.commandLine().getOut().println("tasklane " + state + ", data=" + folder);
  }

  /** A launcher that was ended with kill -9 leaves its database running. */
  private void clearLeftovers(DataFolder folder, RunRecord record) throws CannotStart, IOException {
    if (record.living().isEmpty()) {
      return;
    }
    Consumer<String> say = words -> spec.commandLine().getErr().println("tasklane: " + words);
    try (FolderLock held = FolderLock.take(folder)) {
      FormerPostmaster.end(folder, say);
      Leftovers.clear(record, Leftovers.PATIENCE, say);
    }
  }
}
