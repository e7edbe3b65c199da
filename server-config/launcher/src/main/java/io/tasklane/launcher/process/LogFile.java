package io.tasklane.launcher.process;

import io.tasklane.launcher.log.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The log of one part: one file a start of the server, with the last few kept beside it.
 *
 * @param path the current one
 */
public record LogFile(Path path) {
  private static final int KEPT = 3;
  private static final int LAST = 3;
  private static final String CAUSE = "Caused by: ";

  /** Moves the log of the last start aside. */
  public void rotate() throws IOException {
    for (int age = KEPT - 1; age >= 0; age--) {
      if (Files.exists(aged(age))) {
        Files.move(aged(age), aged(age + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path aged(int age) {
    return age == 0 ? path : path.resolveSibling(path.getFileName() + "." + age);
  }

  /** What it says last, indented, for a message about a failure: the innermost cause, the end. */
  public String lastWords() {
    try {
      String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
      List<String> all = text.lines().flatMap(LogFile::said).toList();
      List<String> words = new ArrayList<>();
      all.stream().filter(line -> line.startsWith(CAUSE)).reduce((a, b) -> b).ifPresent(words::add);
      List<String> telling = all.stream().filter(LogFile::tells).toList();
      words.addAll(telling.subList(Math.max(0, telling.size() - LAST), telling.size()));
      return words.stream().distinct().map("\n    "::concat).collect(Collectors.joining());
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** What a line says to people: a JSON line its message and its exception. */
  private static Stream<String> said(String line) {
    Optional<String> message = JsonText.field(line, "message");
    if (!line.startsWith("{") || message.isEmpty()) {
      return Stream.of(line);
    }
    String exception = JsonText.field(line, "exception").orElse("");
    return Stream.concat(message.get().lines(), exception.lines());
  }

  private static boolean tells(String line) {
    return !line.isBlank() && !line.matches("\\s+(at |\\.\\.\\. ).*");
  }
}
