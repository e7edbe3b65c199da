package io.tasklane.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The largest resident memory of a process so far, where the system tells. */
final class PeakMemory {
  private static final String NAME = "VmHWM:";
  private static final int KIB_IN_MIB = 1024;

  private PeakMemory() {}

  static long megabytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith(NAME))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_IN_MIB)
          .findFirst()
          .orElse(0);
    } catch (IOException notHere) {
      return 0;
    }
  }
}
