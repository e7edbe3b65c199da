package io.tasklane.launcher;

import io.tasklane.launcher.folder.DataFolder;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --data} of a command that looks for a server: its data folder. */
final class DataArgument {
  static final String DATA = "--data";
  private static final String STANDARD = "tasklane-data";

  @Option(
      names = DATA,
      paramLabel = "DIR",
      defaultValue = STANDARD,
      converter = OptionValues.DataFolderPath.class,
      description = "The server's data folder. Default: ./${DEFAULT-VALUE}.")
  private Path data;

  DataFolder folder() {
    return new DataFolder(data);
  }

  /**
   * The folder of a server that is given none.
   *
   * @throws ParameterException where a file lies there
   */
  static Path standard(CommandLine line, String suffix) {
    try {
      return new OptionValues.DataFolderPath().convert(STANDARD + suffix);
    } catch (TypeConversionException refused) {
      throw new ParameterException(line, DATA + ": " + refused.getMessage());
    }
  }
}
