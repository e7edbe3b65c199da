package io.tasklane.cli.demo;

import io.tasklane.cli.command.CommandFailure;
import io.tasklane.cli.command.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
   * The first column of symbols.csv, below its heading.
   *
   * @throws CommandFailure naming the file, if it is missing or names no symbol
   */
  static List<String> of(Path folder) {
    Path file = folder.resolve("symbols.csv");
    try {
      List<String> symbols =
          Files.readAllLines(file).stream().skip(1).map(Symbols::first).distinct().toList();
      symbols = symbols.stream().filter(symbol -> !symbol.isEmpty()).toList();
      if (symbols.isEmpty()) {
        throw refused(file, "it names no symbol below its heading");
      }
      return symbols;
    } catch (IOException e) {
      throw refused(file, "it cannot be read (" + e + ")");
    }
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

  private static String first(String row) {
    return row.split(",", 2)[0].replace("\"", "").strip().toUpperCase(Locale.ROOT);
  }
}
