package io.tasklane.trading.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.tasklane.task.FailureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A CSV file with a header line: commas, double quotes around cells that hold commas or quotes
 * (doubled inside), any order and case of columns, further columns ignored, empty lines skipped. A
 * quoted cell ends on its own line, so that a quote left open does not swallow the rows after it.
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
    List<CsvRecord> records = records(file, Utf8.text(file, bytes));
    List<String> header =
        records.get(0).getFields().stream().map(c -> c.strip().toLowerCase(Locale.ROOT)).toList();
    if (!header.containsAll(columns)) {
      throw fault(file, records.get(0), "a header with the columns " + String.join(", ", columns));
    }
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      places.put(header.get(i), i);
    }
    List<CsvRow> rows = new ArrayList<>(records.size());
    for (CsvRecord record : records.subList(1, records.size())) {
      if (!isBlank(record)) {
        rows.add(row(file, header, places, record));
      }
    }
    return rows;
  }

  /** One for each line, at least one. */
  private static List<CsvRecord> records(String file, String text) {
    List<CsvRecord> records = new ArrayList<>();
    try {
      for (CsvRecord record : reader(text)) {
        requireOneLine(file, record);
        records.add(record);
      }
    } catch (CsvParseException malformed) {
      Throwable reason = malformed.getCause() == null ? malformed : malformed.getCause();
      throw DataFault.unreadable(
          file + " line " + (records.size() + 1), "is not CSV: " + reason.getMessage(), malformed);
    }
    return records;
  }

  // The line end makes a quote show that is open at the end of the file.
  private static CsvReader<CsvRecord> reader(String text) {
    return CsvReader.builder()
        .skipEmptyLines(false)
        .allowMissingFields(true)
        .allowExtraFields(true)
        .trimWhitespacesAroundQuotes(true)
        .ofCsvRecord(text.endsWith("\n") ? text : text + "\n");
  }

  private static void requireOneLine(String file, CsvRecord record) {
    for (String cell : record.getFields()) {
      if (cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0) {
        throw fault(file, record, "a closing double quote is missing");
      }
    }
  }

  private static boolean isBlank(CsvRecord record) {
    return record.getFieldCount() == 1 && record.getField(0).isBlank();
  }

  private static CsvRow row(
      String file, List<String> header, Map<String, Integer> places, CsvRecord record) {
    List<String> cells = record.getFields();
    if (cells.size() != header.size()) {
      throw fault(
          file,
          record,
          header.size() + " cells (" + String.join(", ", header) + "), there are " + cells.size());
    }
    return new CsvRow(file, (int) record.getStartingLineNumber(), places, cells);
  }

  private static FailureException fault(String file, CsvRecord record, String allowed) {
    String line = String.join(",", record.getFields()).lines().findFirst().orElse("");
    return DataFault.invalid(file + " line " + record.getStartingLineNumber(), line, allowed);
  }
}
