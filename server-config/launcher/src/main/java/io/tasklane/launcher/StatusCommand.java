package io.tasklane.launcher;

import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.process.ProcessId;
import io.tasklane.launcher.process.RunRecord;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code server status}: one line about the server of a data folder. */
@Command(
    name = "status",
    description =
        "Prints whether a server runs on that folder, and what further nodes need to join it.",
    exitCodeList = {
      "0:a server runs",
      "1:none runs",
      "2:usage: the command line cannot be understood"
    })
final class StatusCommand implements Callable<Integer> {
  @Mixin private DataArgument data;
  @Mixin private HelpArgument help;

  @Override
  public Integer call() {
    DataFolder folder = data.folder();
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
