package io.tasklane.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The memory that processes have at present, where the system tells. A page that several of them
 * share, as PostgreSQL's buffers, counts in equal parts for each, so that sums are right.
 */
final class ResidentMemory {
  private static final String NAME = "Pss:";
  private static final double KIB_IN_MIB = 1024;

  private ResidentMemory() {}

  /** Megabytes by role; those without a role are left out. */
  static Map<String, Double> byRole(Stream<ProcessHandle> processes) {
    Map<String, Double> sums = new TreeMap<>();
    processes.forEach(
        process ->
            Role.of(process)
                .ifPresent(role -> sums.merge(role.word(), megabytes(process.pid()), Double::sum)));
    sums.values().removeIf(sum -> sum == 0);
    return sums;
  }

  static double megabytes(long pid) {
    Path file = Path.of("/proc", Long.toString(pid), "smaps_rollup");
    try (Stream<String> lines = Files.lines(file)) {
      return lines
              .filter(line -> line.startsWith(NAME))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .sum()
          / KIB_IN_MIB;
    } catch (IOException notHere) {
      return 0; // another system, or a process that has just ended
    }
  }
}
