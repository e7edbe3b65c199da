package io.tasklane.cli.top;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a terminal of the kind xterm shows after it was sent some text. */
final class Emulator {
  private static final Pattern CONTROL =
      Pattern.compile("\u001b\\[([?>]?)([0-9;]*)([A-Za-z@])|\u001b[()][A-Z0-9]|\u001b[=>78]");

  private final char[][] cells;
  private int row;
  private int column;

  private Emulator(int columns, int rows) {
    cells = new char[rows][columns];
    clear();
  }

  /** The lines of a screen of this size. */
  static String show(String sent, int columns, int rows) {
    Emulator screen = new Emulator(columns, rows);
    Matcher control = CONTROL.matcher(sent);
    int at = 0;
    while (at < sent.length()) {
      if (control.region(at, sent.length()).lookingAt()) {
        if (control.group(3) != null && control.group(1).isEmpty()) {
          screen.control(control.group(3).charAt(0), control.group(2));
        }
        at = control.end();
      } else {
        screen.put(sent.charAt(at++));
      }
    }
    return Arrays.stream(screen.cells)
        .map(line -> new String(line).stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  private void clear() {
    for (char[] line : cells) {
      Arrays.fill(line, ' ');
    }
  }

  private void put(char c) {
    if (c == '\r') {
      column = 0;
    } else if (c == '\n') {
      row = Math.min(row + 1, cells.length - 1);
    } else if (c == '\b') {
      column = Math.max(0, place() - 1);
    } else if (c >= ' ') {
      if (column == cells[0].length) { // the last column wraps when the next character comes
        column = 0;
        row = Math.min(row + 1, cells.length - 1);
      }
      cells[row][column++] = c;
    }
  }

  private int place() {
    return Math.min(column, cells[0].length - 1);
  }

  private void control(char kind, String given) {
    String[] numbers = given.split(";");
    int n = numbers[0].isEmpty() ? 1 : Integer.parseInt(numbers[0]);
    int last = cells[0].length - 1;
    switch (kind) {
      case 'A' -> row = Math.max(0, row - n);
      case 'B' -> row = Math.min(cells.length - 1, row + n);
      case 'C' -> column = Math.min(last, place() + n);
      case 'D' -> column = Math.max(0, place() - n);
      case 'G' -> column = Math.min(last, n - 1);
      case 'd' -> row = Math.min(cells.length - 1, n - 1);
      case 'H' -> {
        row = Math.min(cells.length - 1, n - 1);
        column = numbers.length < 2 ? 0 : Math.min(last, Integer.parseInt(numbers[1]) - 1);
      }
      case 'J' -> clear();
      case 'K' -> Arrays.fill(cells[row], place(), last + 1, ' ');
      case 'X' -> Arrays.fill(cells[row], place(), Math.min(last + 1, place() + n), ' ');
      case '@' -> shift(place(), place() + n);
      case 'L' -> lines(row, Math.min(cells.length, row + n));
      case 'M' -> lines(Math.min(cells.length, row + n), row);
      case 'P' -> shift(place() + n, place());
      default -> { // colours, and what this screen has no use for
      }
    }
  }

  /** Moves the lines from a row on to another one; what becomes free is empty. */
  private void lines(int from, int to) {
    char[][] before = new char[cells.length][];
    for (int i = 0; i < cells.length; i++) {
      before[i] = cells[i].clone();
    }
    for (int i = Math.min(from, to); i < cells.length; i++) {
      int source = i - to + from;
      boolean isFree = i < to || source >= cells.length;
      cells[i] = isFree ? " ".repeat(cells[i].length).toCharArray() : before[source];
    }
  }

  private void shift(int from, int to) {
    char[] line = cells[row].clone();
    Arrays.fill(cells[row], Math.min(from, to), line.length, ' ');
    int length = line.length - Math.max(from, to);
    if (length > 0) {
      System.arraycopy(line, from, cells[row], to, length);
    }
  }
}
