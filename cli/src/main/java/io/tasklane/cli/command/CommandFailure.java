package io.tasklane.cli.command;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

/** The command cannot go on; its message is for the user and says what to do next. */
public class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /**
   * Ends the command.
   *
   * @param exitCode of the process
   * @param message one or a few lines for the user
   */
  public CommandFailure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /**
   * Turns the server's refusal into words.
   *
   * @param refusal what a call threw
   * @param address the server that was asked, "HOST:PORT"
   * @return the failure to show to the user
   */
  public static CommandFailure of(StatusRuntimeException refusal, String address) {
    boolean timedOut = refusal.getStatus().getCode() == Code.DEADLINE_EXCEEDED;
    return new CommandFailure(
        timedOut ? ExitCode.TIMED_OUT : ExitCode.ERROR,
        String.join("\n", ServerError.lines(refusal, address)));
  }

  /** The exit code of the process. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
