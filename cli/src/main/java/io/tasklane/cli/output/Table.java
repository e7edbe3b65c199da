package io.tasklane.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Columns as wide as their widest cell, two spaces apart, without trailing blanks. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * A table without rows.
   *
   * @param headings one for each column
   */
  public Table(String... headings) {
    rows.add(List.of(headings));
  }

  /**
   * Adds a row.
   *
   * @param cells one for each heading, in their order
   * @return this table
   */
  public Table row(Object... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for the " + rows.get(0).size() + " headings " + rows.get(0));
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell == null ? "" : cell.toString());
    }
    rows.add(row);
    return this;
  }

  /** The lines, the headings first, without colours. */
  public List<String> lines() {
    return lines(false);
  }

  private List<String> lines(boolean colours) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    rows.forEach(row -> widen(widths, row));
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      UnaryOperator<String> paint = lines.isEmpty() ? Palette::heading : Palette::cell;
      lines.add(line(row, widths, colours ? paint : UnaryOperator.identity()));
    }
    return lines;
  }

  /**
   * Prints all lines.
   *
   * @param out where the lines go; on a terminal they may have colours
   */
  public void print(PrintWriter out) {
    lines(TerminalWriter.hasColours(out)).forEach(out::println);
    out.flush();
  }

  private static void widen(int[] widths, List<String> row) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], row.get(i).length());
    }
  }

  private static String line(List<String> row, int[] widths, UnaryOperator<String> paint) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(paint.apply(row.get(i))).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
