package io.tasklane.bench.faults.record;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The record that is kept outside the system: every entry in the order in which it was made, in
 * memory and, one line of JSON each, in a file.
 */
public final class Chronicle implements Closeable {
  private final Clock clock;
  private final Writer file;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * An empty one.
   *
   * @param file where it is written; replaced if it exists
   * @param clock the host's
   */
  public Chronicle(Path file, Clock clock) throws IOException {
    this.clock = clock;
    this.file = Files.newBufferedWriter(file);
  }

  /** Reads what another one wrote. */
  public static List<Entry> read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(EntryLine::read).toList();
    }
  }

  /** Now, as entries tell time. */
  public long now() {
    return micros(clock.instant());
  }

  /** An instant, as entries tell time. */
  public static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** Adds an entry. */
  public synchronized void add(Entry entry) {
    entries.add(entry);
    try {
      file.write(EntryLine.write(entry));
      file.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("the record cannot be written", e);
    }
  }

  /** All of them, so far. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
