package io.tasklane.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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

  /** Standard output of this process. */
  public static PrintWriter standard() {
    return to(new FileOutputStream(FileDescriptor.out), isPipe(1));
  }

  /** Standard error of this process. */
  public static PrintWriter error() {
    return to(new FileOutputStream(FileDescriptor.err), isPipe(2));
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
