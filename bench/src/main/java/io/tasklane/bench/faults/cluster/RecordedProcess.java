package io.tasklane.bench.faults.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that a launcher has recorded in a file: its number, and its start as the launcher wrote
 * it down. The number alone may be another process's by now, which must not be signalled.
 */
public final class RecordedProcess {
  /** Field of /proc/PID/stat after the name: the start in ticks since boot, see proc(5). */
  private static final int START = 19;

  private RecordedProcess() {}

  /** That very process; empty where it has ended, or the file is not there. */
  public static Optional<ProcessHandle> in(Path record) {
    try {
      String[] words = Files.readString(record).strip().split(" ", 2);
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(process -> words.length == 2 && birth(process).equals(words[1]));
    } catch (IOException notRecordedYet) {
      return Optional.empty();
    }
  }

  private static String birth(ProcessHandle process) {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      String line = Files.readString(stat);
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      return boot + "/" + line.substring(line.lastIndexOf(')') + 2).split(" ")[START];
    } catch (IOException otherSystem) {
      return process.info().startInstant().toString();
    }
  }
}
