package io.tasklane.cli.command;

import java.io.IOException;
import java.util.Locale;

/**
 * What the command prints goes nowhere: nobody reads it any more, or the disk is full. It ends the
 * command at once, whatever it is doing.
 */
public final class OutputFailure extends CommandFailure {
  private static final long serialVersionUID = 1L;

  private OutputFailure(ExitCode exitCode, String message, IOException cause) {
    super(exitCode, message);
    initCause(cause);
  }

  /**
   * Tells the one case from the other.
   *
   * @param failure of a write
   * @param isPipe whether the output is a pipe or a socket, which can fail in one way only
   */
  static OutputFailure of(IOException failure, boolean isPipe) {
    String words = String.valueOf(failure.getMessage());
    if (isPipe || words.toLowerCase(Locale.ROOT).contains("broken pipe")) {
      return new OutputFailure(ExitCode.OUTPUT_CLOSED, "", failure);
    }
    return new OutputFailure(
        ExitCode.ERROR,
        "the output cannot be written: " + words + "; what was printed is not complete",
        failure);
  }
}
