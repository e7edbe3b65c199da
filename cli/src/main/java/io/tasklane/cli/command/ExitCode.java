package io.tasklane.cli.command;

/** The exit code of the command. */
public enum ExitCode {
  /** Everything that was asked for happened. */
  FINE(0),
  /** The server refused, cannot be reached, or something went wrong. */
  ERROR(1),
  /** The command line cannot be understood; nothing was sent. */
  USAGE(2),
  /** The task that was waited for ended, but not with success. */
  TASK_FAILED(3),
  /** The time given was over before the answer came. */
  TIMED_OUT(4),
  /** Nobody reads the output any more; as the shell shows a program that a closed pipe ended. */
  OUTPUT_CLOSED(141);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number for the shell, 0 to 4 or 141. */
  public int code() {
    return code;
  }
}
