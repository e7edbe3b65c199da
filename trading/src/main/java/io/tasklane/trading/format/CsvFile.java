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
    String[] lines = Utf8.text(file, bytes).split("\r\n|\n|\r", -1);
    List<String> header =
        cells(file, 1, lines[0]).stream().map(c -> c.strip().toLowerCase(Locale.ROOT)).toList();
    for (String column : columns) {
      if (!header.contains(column)) {
        throw DataFault.invalid(
            file + " line 1", lines[0], "a header with the columns " + String.join(", ", columns));
      }
    }
    List<CsvRow> rows = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        rows.add(row(file, i + 1, header, lines[i]));
      }
    }
    return rows;
  }

  private static CsvRow row(String file, int line, List<String> header, String text) {
    List<String> cells = cells(file, line, text);
    if (cells.size() != header.size()) {
      throw DataFault.invalid(
          file + " line " + line,
          text,
          header.size() + " cells (" + String.join(", ", header) + "), there are " + cells.size());
    }
    Map<String, String> byColumn = new HashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      byColumn.put(header.get(i), cells.get(i));
    }
    return new CsvRow(file, line, byColumn);
  }

  private static List<String> cells(String file, int line, String text) {
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
}
