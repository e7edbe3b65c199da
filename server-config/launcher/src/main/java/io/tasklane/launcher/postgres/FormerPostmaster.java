package io.tasklane.launcher.postgres;

import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.process.ProcessId;
import io.tasklane.launcher.process.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The PostgreSQL of an earlier start. It outlives a launcher that was ended with kill -9; it is
 * ended in good order here, so that the next one has this launcher for its parent and the port that
 * this launcher chose.
 *
 * <p>The number in {@code postmaster.pid} may have been given to another program since, for example
 * by a reboot. A process is only signalled when it is known to be ours: either the launcher
 * recorded it with its start, or it works in this data folder and started when the file says.
 */
public final class FormerPostmaster {
  private static final Duration FAST = Duration.ofSeconds(30);
  private static final Duration IMMEDIATE = Duration.ofSeconds(10);

  /** Between the start of the process and its reading the clock; both are known to the second. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

  private FormerPostmaster() {}

  /**
   * Makes the data folder free for a new postmaster. The caller holds the data folder's lock.
   *
   * @throws CannotStart where the former one does not end, or a process works in the folder that
   *     may be it or not
   */
  public static void end(DataFolder data, Consumer<String> say) throws CannotStart, IOException {
    Optional<PostmasterFile> file = PostmasterFile.read(data.postgres());
    if (file.isEmpty()) {
      return;
    }
    Optional<ProcessId> former = ProcessId.of(file.get().pid());
    if (former.isPresent()) {
      endIfOurs(data, file.get(), former.get(), say);
    }
    // Whoever has that number now is no PostgreSQL of ours, but PostgreSQL itself would take any
    // process for one and refuse to start. It still checks its shared memory for survivors.
    Files.deleteIfExists(PostmasterFile.in(data.postgres()));
  }

  private static void endIfOurs(
      DataFolder data, PostmasterFile file, ProcessId process, Consumer<String> say)
      throws CannotStart {
    boolean recorded =
        new RunRecord(data.run()).read(Postgres.NAME).filter(process::equals).isPresent();
    boolean worksHere = worksIn(process.pid(), data.postgres());
    if (recorded || worksHere && startedThen(process.pid(), file)) {
      end(process, say);
    } else if (worksHere) {
      throw new CannotStart(
          "the process with pid %d works in %s and may be PostgreSQL of an earlier start, but did not start when postmaster.pid says; end it by hand"
              .formatted(process.pid(), data.shown(data.postgres())));
    }
  }

  private static void end(ProcessId former, Consumer<String> say) throws CannotStart {
    say.accept("PostgreSQL of an earlier start runs (pid " + former.pid() + "); ending it");
    Signals.INT.send(former);
    if (!former.gone(FAST)) {
      Signals.QUIT.send(former);
    }
    if (!former.gone(IMMEDIATE)) {
      throw new CannotStart(
          "PostgreSQL of an earlier start does not end; end pid " + former.pid() + " by hand");
    }
  }

  /** False also where the system does not tell, as it does not of another user's process. */
  private static boolean worksIn(long pid, Path folder) {
    try {
      return Path.of("/proc", Long.toString(pid), "cwd").toRealPath().equals(folder.toRealPath());
    } catch (IOException unknown) {
      return false;
    }
  }

  private static boolean startedThen(long pid, PostmasterFile file) {
    Optional<Duration> apart =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().startInstant())
            .flatMap(start -> file.started().map(said -> Duration.between(start, said).abs()));
    return apart.filter(duration -> duration.compareTo(START_TOLERANCE) <= 0).isPresent();
  }
}
