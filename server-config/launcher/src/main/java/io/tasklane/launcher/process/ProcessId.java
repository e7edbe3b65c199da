package io.tasklane.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid its number
 * @param birth when it started, in whatever unit this system keeps unchanged while it runs
 */
public record ProcessId(long pid, String birth) {

  /** The living process with that number; a zombie counts as gone. */
  public static Optional<ProcessId> of(long pid) {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    if (Files.isDirectory(Path.of("/proc/self"))) {
      return ofStat(pid, stat);
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(handle -> new ProcessId(pid, handle.info().startInstant().toString()));
  }

  // proc(5): after the name in parentheses come the state and, 19 fields on, the start in ticks
  // since boot. Unlike a start computed from the wall clock it does not move when the clock does.
  private static Optional<ProcessId> ofStat(long pid, Path stat) {
    try {
      String line = Files.readString(stat);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      boolean gone = fields[0].equals("Z") || fields[0].equals("X");
      return gone ? Optional.empty() : Optional.of(new ProcessId(pid, bootId() + "/" + fields[19]));
    } catch (IOException noSuchProcess) {
      return Optional.empty();
    }
  }

  private static String bootId() throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
  }

  /** The process this runs in. */
  public static ProcessId self() {
    return of(ProcessHandle.current().pid()).orElseThrow();
  }

  /** Whether this very process still lives. */
  public boolean alive() {
    return of(pid).filter(this::equals).isPresent();
  }

  /** Waits for its end; false when it outlives the bound. */
  public boolean gone(Duration bound) {
    return Waiting.until(() -> !alive(), bound);
  }

  /** Asks it to end (SIGTERM), if it is still the same one. */
  public void terminate() {
    if (alive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }

  /** Ends it at once (SIGKILL), if it is still the same one. */
  public void kill() {
    if (alive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
