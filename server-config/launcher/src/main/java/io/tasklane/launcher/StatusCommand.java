package io.tasklane.launcher;

import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.process.ProcessId;
import io.tasklane.launcher.process.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code server status}: one line about the server of a data folder. */
final class StatusCommand {
  private final DataFolder folder;

  StatusCommand(List<String> arguments) throws BadOption {
    Options options = Options.read(arguments, Set.of(StartOptions.DATA));
    this.folder = new DataFolder(StartOptions.dataFolder(options));
  }

  int run() {
    Map<String, ProcessId> living = new RunRecord(folder.run()).living();
    if (!living.containsKey(RunRecord.LAUNCHER)) {
      System.out.println("tasklane not running, data=" + folder.root());
      return 1;
    }
    StringBuilder line = new StringBuilder("tasklane ");
    line.append(StatusFile.in(folder).read().map(at -> "ready " + at).orElse("starting"));
    living.forEach(
        (part, process) -> line.append(' ').append(part).append(".pid=").append(process.pid()));
    System.out.println(line.append(" data=").append(folder.root()));
    return 0;
  }
}
