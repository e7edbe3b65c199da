package io.tasklane.launcher.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a running PostgreSQL says about itself in {@code postmaster.pid} of its data folder (lines
 * as in PostgreSQL's {@code pidfile.h}).
 *
 * @param pid the postmaster
 * @param started when it started, to the second, by its clock; empty where it has not said so yet
 * @param ready whether it accepts connections
 */
record PostmasterFile(long pid, Optional<Instant> started, boolean ready) {
  private static final int START_LINE = 2;
  private static final int STATUS_LINE = 7;

  static Path in(Path data) {
    return data.resolve("postmaster.pid");
  }

  /** The file as it is now; empty when there is none or it is being written. */
  static Optional<PostmasterFile> read(Path data) {
    try {
      List<String> lines = Files.readAllLines(in(data));
      // A minus in front marks a standalone backend.
      long pid = Math.abs(Long.parseLong(lines.get(0).strip()));
      boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
      return Optional.of(new PostmasterFile(pid, started(lines), ready));
    } catch (IOException | RuntimeException missingOrTorn) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> started(List<String> lines) {
    return lines.size() > START_LINE
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(lines.get(START_LINE).strip())))
        : Optional.empty();
  }
}
