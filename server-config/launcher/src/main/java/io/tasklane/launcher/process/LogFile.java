package io.tasklane.launcher.process;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.tasklane.launcher.log.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
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
 * The log of one component. A start of the server begins a new file, and so does one that has
 * reached its size; the last few are kept beside it, the newest as {@code .1}.
 *
 * @param path the current one
 * @param shown the same as messages name it
 * @param limits how large it may get, and how many older ones are kept
 */
public record LogFile(Path path, Path shown, LogLimits limits) {
  private static final int LAST = 3;
  private static final String CAUSE = "Caused by: ";

  /** How much of its end is looked through for its last words. */
  private static final int TAIL_BYTES = 256 << 10;

  /** A log with the usual limits. */
  public LogFile(Path path) {
    this(path, path, LogLimits.USUAL);
  }

  /** Moves the log of the last start aside. */
  public void rotate() throws IOException {
    if (limits.older() == 0) {
      Files.deleteIfExists(path);
    }
    shift(0);
  }

  private void shift(int youngest) throws IOException {
    for (int age = limits.older() - 1; age >= youngest; age--) {
      if (Files.exists(aged(age))) {
        Files.move(aged(age), aged(age + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /**
   * Begins it anew if it has reached its size. The process that writes it keeps it open and
   * appends, so it is copied and then emptied; what is written in the moment between the two is
   * lost.
   */
  public void cut() throws IOException {
    if (!Files.exists(path) || Files.size(path) < limits.bytes()) {
      return;
    }
    if (limits.older() > 0) {
      shift(1);
    }
    try (FileChannel log = FileChannel.open(path, READ, WRITE)) {
      if (limits.older() > 0) {
        copy(log, aged(1));
      }
      log.truncate(0);
    }
  }

  private static void copy(FileChannel log, Path to) throws IOException {
    try (FileChannel copy = FileChannel.open(to, CREATE, WRITE, TRUNCATE_EXISTING)) {
      long copied = 0;
      while (copied < log.size()) {
        copied += log.transferTo(copied, log.size() - copied, copy);
      }
    }
  }

  private Path aged(int age) {
    return age == 0 ? path : path.resolveSibling(path.getFileName() + "." + age);
  }

  /** What it says last, indented, for a message about a failure: the innermost cause, the end. */
  public String lastWords() {
    try {
      String text = tail();
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

  private String tail() throws IOException {
    try (SeekableByteChannel log = Files.newByteChannel(path)) {
      log.position(Math.max(0, log.size() - TAIL_BYTES));
      ByteBuffer bytes = ByteBuffer.allocate(TAIL_BYTES);
      while (bytes.hasRemaining() && log.read(bytes) >= 0) {
        // reads on
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
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
