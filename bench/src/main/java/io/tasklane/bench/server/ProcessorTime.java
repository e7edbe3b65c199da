package io.tasklane.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The processor time that processes have used since they began, where the system tells. That of a
 * child which has ended, such as a backend of PostgreSQL, counts for the parent that waited for it.
 */
final class ProcessorTime {
  private static final String LAUNCHER = "launcher";
  // The kernel tells it to programs in hundredths of a second on every machine that a JDK 17 runs
  // on.
  private static final int MILLIS_A_TICK = 10;
  // Fields of /proc/PID/stat after the name: user and system time, then those of children.
  private static final int FIRST = 11;
  private static final int FIELDS = 4;

  private ProcessorTime() {}

  /** Milliseconds by role; those of processes without one are the launcher's. */
  static Map<String, Double> byRole(Stream<ProcessHandle> processes) {
    Map<String, Double> sums = new TreeMap<>();
    processes.forEach(
        process ->
            sums.merge(
                Role.of(process).map(Role::word).orElse(LAUNCHER),
                millis(process.pid()),
                Double::sum));
    sums.values().removeIf(sum -> sum == 0);
    return sums;
  }

  static double millis(long pid) {
    try {
      return millis(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    } catch (IOException notHere) {
      return 0; // another system, or a process that has just ended
    }
  }

  /** As a line of /proc/PID/stat tells it; the name in brackets may hold anything. */
  static double millis(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int i = FIRST; i < FIRST + FIELDS; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return (double) ticks * MILLIS_A_TICK;
  }
}
