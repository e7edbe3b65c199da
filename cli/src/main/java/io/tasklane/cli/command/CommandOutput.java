package io.tasklane.cli.command;

import io.tasklane.cli.output.TerminalWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The output of the command, which ends the command where it goes nowhere: a {@link PrintWriter}
 * and {@link System#out} swallow that, and a follower would follow for ever. Every command prints
 * through it.
 */
public final class CommandOutput extends OutputStream {
  private final OutputStream target;
  private final boolean isPipe;

  private CommandOutput(OutputStream target, boolean isPipe) {
    this.target = target;
    this.isPipe = isPipe;
  }

  /**
   * Standard output of this process.
   *
   * @param environment the variables of the shell, of which some say how a terminal shows it
   */
  public static PrintWriter standard(Map<String, String> environment) {
    return shown(to(new FileOutputStream(FileDescriptor.out), isPipe(1)), 1, environment);
  }

  /** Standard error of this process; the parameter is that of {@link #standard}. */
  public static PrintWriter error(Map<String, String> environment) {
    return shown(to(new FileOutputStream(FileDescriptor.err), isPipe(2)), 2, environment);
  }

  private static PrintWriter shown(PrintWriter out, int number, Map<String, String> environment) {
    if (environment.getOrDefault("TERM", "").equals("dumb") || !isTerminal(number)) {
      return out;
    }
    // https://no-color.org: set, and not empty.
    boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new TerminalWriter(out, colours);
  }

  /**
   * Prints to this; a line that cannot be written throws an {@link OutputFailure}.
   *
   * @param isPipe whether a failure can only mean that nobody reads any more
   */
  public static PrintWriter to(OutputStream target, boolean isPipe) {
    return new PrintWriter(new CommandOutput(target, isPipe), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      throw OutputFailure.of(e, isPipe);
    }
  }

  @Override
  public void flush() {
    try {
      target.flush();
    } catch (IOException e) {
      throw OutputFailure.of(e, isPipe);
    }
  }

  /** As Linux shows it; elsewhere the program test of the shell knows. */
  private static boolean isTerminal(int number) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return isTerminalByTest(number);
    }
  }

  private static boolean isTerminalByTest(int number) {
    try {
      return new ProcessBuilder("test", "-t", "" + number).inheritIO().start().waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** As Linux shows it; elsewhere the words of the failure have to do. */
  private static boolean isPipe(int number) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + number)).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return false;
    }
  }
}
