package io.tasklane.cli.demo;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.FileFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The symbols that the morning is about. */
final class Symbols {
  private static final String TRACKED = "tracked-symbols.txt";

  private Symbols() {}

  /** The 81 symbols that a server without own data tracks. */
  static List<String> tracked() {
    try (InputStream lines = Symbols.class.getResourceAsStream(TRACKED)) {
      return new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException("the list of tracked symbols is not in the jar", e);
    }
  }

  /**
   * The column symbol of symbols.csv, in capitals, each once.
   *
   * @throws CommandFailure naming the file, if it is missing or names no symbol
   */
  static List<String> of(Path folder) {
    Path file = folder.resolve("symbols.csv");
    try (CsvReader<CsvRecord> rows = CsvReader.builder().detectBomHeader(true).ofCsvRecord(file)) {
      List<String> symbols = column("symbol", rows.stream().toList());
      if (symbols.isEmpty()) {
        throw refused(file, "it names no symbol");
      }
      return symbols;
    } catch (IOException e) {
      throw refused(file, FileFault.words(file, e));
    } catch (UncheckedIOException e) {
      throw refused(file, FileFault.words(file, e.getCause()));
    } catch (CsvParseException e) {
      throw refused(file, "it cannot be read (" + e.getMessage() + ")");
    }
  }

  private static List<String> column(String name, List<CsvRecord> rows) {
    List<String> header =
        rows.stream()
            .limit(1)
            .flatMap(row -> row.getFields().stream())
            .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
            .toList();
    int place = header.indexOf(name);
    return place < 0
        ? List.of()
        : rows.stream()
            .skip(1)
            .map(row -> row.getField(place).strip().toUpperCase(Locale.ROOT))
            .filter(symbol -> !symbol.isEmpty())
            .distinct()
            .toList();
  }

  private static CommandFailure refused(Path file, String why) {
    return new CommandFailure(
        ExitCode.USAGE,
        "--data: "
            + file
            + ": "
            + why
            + "; the folder needs a symbols.csv"
            + " with the columns symbol,name,sector,aliases");
  }
}
