package io.tasklane.cli.output;

import java.io.PrintWriter;

/** Prints to a terminal: people look on, and lines may be coloured and drawn again. */
public final class TerminalWriter extends PrintWriter {
  private final boolean colours;

  /**
   * A writer that leaves colours out where they are not wanted.
   *
   * @param target of the whole text
   * @param colours whether the user wants colours
   */
  public TerminalWriter(PrintWriter target, boolean colours) {
    super(target, true);
    this.colours = colours;
  }

  /** Whether what is printed there appears on a terminal. */
  public static boolean isTerminal(PrintWriter out) {
    return out instanceof TerminalWriter;
  }

  /** Whether what is printed there may have colours. */
  public static boolean hasColours(PrintWriter out) {
    return out instanceof TerminalWriter terminal && terminal.colours;
  }
}
