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
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code server stop}: asks the launcher of a data folder to end everything, and waits. */
@Command(
    name = "stop",
    description = "Stops the server of that folder and waits until it has ended.")
final class StopCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  @Mixin private DataArgument data;
  @Mixin private HelpArgument help;

  @Override
  public Integer call() throws CannotStart, IOException {
    DataFolder folder = data.folder();
    RunRecord record = new RunRecord(folder.run());
    Optional<ProcessId> launcher = record.read(RunRecord.LAUNCHER).filter(ProcessId::alive);
    if (launcher.isEmpty()) {
      clearLeftovers(folder, record);
      System.out.println("tasklane not running, data=" + folder.root());
      return 0;
    }
    launcher.get().terminate();
    if (!launcher.get().gone(PATIENCE)) {
      throw new CannotStart(
          "the server with pid %d did not end within %d s; its logs are in %s"
              .formatted(launcher.get().pid(), PATIENCE.toSeconds(), folder.logs()));
    }
    System.out.println("tasklane stopped, data=" + folder.root());
    return 0;
  }

  /** A launcher that was ended with kill -9 leaves its database running. */
  private static void clearLeftovers(DataFolder folder, RunRecord record)
      throws CannotStart, IOException {
    if (record.living().isEmpty()) {
      return;
    }
    try (FolderLock held = FolderLock.take(folder)) {
      FormerPostmaster.end(folder, System.err::println);
      Leftovers.clear(record, Leftovers.PATIENCE, System.err::println);
    }
  }
}
