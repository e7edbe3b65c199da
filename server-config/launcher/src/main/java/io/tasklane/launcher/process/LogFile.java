package io.tasklane.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The log of one part: one file a start of the server, with the last few kept beside it.
 *
 * @param path the current one
 */
public record LogFile(Path path) {
  private static final int KEPT = 3;

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

  /** Its last lines that say something, indented, for a message about a failure. */
  public String tail(int lines) {
    try {
      List<String> all =
          Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1)
              .lines()
              .filter(line -> !line.isBlank())
              .toList();
      return String.join(
          "",
          all.subList(Math.max(0, all.size() - lines), all.size()).stream()
              .map(line -> "\n    " + line)
              .toList());
    } catch (IOException unreadable) {
      return "";
    }
  }
}
