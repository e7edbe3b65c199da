package io.tasklane.trading.format;

import io.tasklane.task.FailureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A CSV file with a header line: commas, double quotes around cells that hold commas or quotes
 * (doubled inside), any order and case of columns, further columns ignored, empty lines skipped. A
 * quoted cell ends on its own line.
 */
public final class CsvFile {
  private CsvFile() {}

  /**
   * Reads the rows.
   *
   * @param file name for messages
   * @param bytes UTF-8 text
   * @param columns lower-case names of columns that must be there
   * @throws FailureException permanent, naming file and line
   */
  public static List<CsvRow> rows(String file, byte[] bytes, List<String> columns) {
    List<String> lines = Utf8.text(file, bytes).lines().toList();
    String first = lines.isEmpty() ? "" : lines.get(0);
    List<String> header =
        cells(file, 1, first).stream().map(c -> c.strip().toLowerCase(Locale.ROOT)).toList();
    if (!header.containsAll(columns)) {
      throw DataFault.invalid(
          file + " line 1", first, "a header with the columns " + String.join(", ", columns));
    }
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      places.put(header.get(i), i);
    }
    List<CsvRow> rows = new ArrayList<>(lines.size());
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        rows.add(row(file, i + 1, header, places, lines.get(i)));
      }
    }
    return rows;
  }

  private static CsvRow row(
      String file, int line, List<String> header, Map<String, Integer> places, String text) {
    List<String> cells = cells(file, line, text);
    if (cells.size() != header.size()) {
      throw DataFault.invalid(
          file + " line " + line,
          text,
          header.size() + " cells (" + String.join(", ", header) + "), there are " + cells.size());
    }
    return new CsvRow(file, line, places, cells);
  }

  private static List<String> cells(String file, int line, String text) {
    if (text.indexOf('"') < 0) {
      return unquoted(text);
    }
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append('"');
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw DataFault.invalid(file + " line " + line, text, "a closing double quote is missing");
    }
    cells.add(cell.toString());
    return cells;
  }

  /** Nearly every line, and cheaper than looking at each character. */
  private static List<String> unquoted(String text) {
    List<String> cells = new ArrayList<>();
    int begin = 0;
    for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', begin)) {
      cells.add(text.substring(begin, comma));
      begin = comma + 1;
    }
    cells.add(text.substring(begin));
    return cells;
  }
}
