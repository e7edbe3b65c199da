package io.tasklane.launcher;

import io.tasklane.launcher.process.LogLimits;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options about the logs of a server. */
final class LogArguments {
  @Option(
      names = "--log-folder",
      paramLabel = "DIR",
      converter = OptionValues.DataFolderPath.class,
      description = "The folder of the logs. Default: logs in the data folder.")
  private Path folder;

  @Option(
      names = "--log-size",
      paramLabel = "SIZE",
      defaultValue = LogLimits.MEBIBYTES + "m",
      converter = OptionValues.LogSize.class,
      description = "Size at which a log begins a new file. Default: ${DEFAULT-VALUE}.")
  private long bytes;

  @Option(
      names = "--log-files",
      paramLabel = "N",
      defaultValue = "" + LogLimits.OLDER,
      converter = OptionValues.LogFiles.class,
      description = "How many older files of each log are kept. Default: ${DEFAULT-VALUE}.")
  private int older;

  StartOptions.LogOptions logs() {
    return new StartOptions.LogOptions(Optional.ofNullable(folder), new LogLimits(bytes, older));
  }
}
