package io.tasklane.cli.output;

import java.io.PrintWriter;

/** A bar that fills up; people see it on a terminal, and nobody reads it anywhere else. */
public final class ProgressBar {
  private static final int WIDTH = 24;

  private ProgressBar() {}

  /**
   * The bar, with a space behind it.
   *
   * @param out where it is to be printed
   * @param done of the work, at least 0
   * @param all of the work; 0 if that is not known
   * @return such as "[######..................] "; empty if the output is no terminal
   */
  public static String of(PrintWriter out, long done, long all) {
    if (!TerminalWriter.isTerminal(out)) {
      return "";
    }
    int filled = all <= 0 ? 0 : (int) (WIDTH * Math.min(done, all) / all);
    return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] ";
  }
}
