package io.tasklane.cli.output;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * Lines that change: redrawn in place on a terminal, printed anew now and then elsewhere, and there
 * only if something changed.
 */
public final class LiveLines {
  private static final String CLEAR_LINE = "\u001b[2K";

  private final PrintWriter out;
  private final boolean terminal;
  private final long pauseNanos;
  private List<String> shown = List.of();
  private long shownAt;

  /**
   * Nothing is shown yet.
   *
   * @param out where the lines go
   * @param terminal whether that understands the ANSI codes for moving up and clearing
   * @param pause how long at least between two prints where it is no terminal
   */
  public LiveLines(PrintWriter out, boolean terminal, Duration pause) {
    this.out = out;
    this.terminal = terminal;
    this.pauseNanos = pause.toNanos();
  }

  /**
   * Shows the lines as they are now.
   *
   * @param lines in place of those shown before
   */
  public synchronized void show(List<String> lines) {
    if (terminal) {
      redraw(lines);
    } else if (!lines.equals(shown) && isTime()) {
      print(lines);
    }
  }

  /**
   * Leaves the last lines as they are; whatever is printed next stands below them.
   *
   * @param lines as they ended
   */
  public synchronized void end(List<String> lines) {
    if (terminal) {
      redraw(lines);
    } else if (!lines.equals(shown)) {
      print(lines);
    }
    shown = List.of();
  }

  private boolean isTime() {
    return shown.isEmpty() || System.nanoTime() - shownAt >= pauseNanos;
  }

  private void redraw(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (!shown.isEmpty()) {
      text.append("\u001b[").append(shown.size()).append('A');
    }
    lines.forEach(line -> text.append('\r').append(CLEAR_LINE).append(line).append('\n'));
    out.print(text);
    out.flush();
    shown = List.copyOf(lines);
  }

  private void print(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
    shown = List.copyOf(lines);
    shownAt = System.nanoTime();
  }
}
