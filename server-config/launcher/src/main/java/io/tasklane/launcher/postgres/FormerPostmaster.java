package io.tasklane.launcher.postgres;

import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.process.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The PostgreSQL of an earlier start. It outlives a launcher that was ended with kill -9; it is
 * ended in good order here and started anew, so that this launcher is its parent and sets its port.
 */
public final class FormerPostmaster {
  private static final Duration FAST = Duration.ofSeconds(30);
  private static final Duration IMMEDIATE = Duration.ofSeconds(10);

  private FormerPostmaster() {}

  /** Makes the data folder free for a new postmaster. The caller holds the data folder's lock. */
  public static void end(Path data, Consumer<String> say) throws CannotStart, IOException {
    Optional<PostmasterFile> file = PostmasterFile.read(data);
    if (file.isEmpty()) {
      return;
    }
    Optional<ProcessId> former = ProcessId.of(file.get().pid());
    if (former.isPresent() && isPostgres(former.get().pid())) {
      end(former.get(), say);
    }
    // Whoever has that number now is no PostgreSQL of ours, but PostgreSQL itself would take any
    // process for one and refuse to start. It still checks its shared memory for survivors.
    Files.deleteIfExists(PostmasterFile.in(data));
  }

  private static void end(ProcessId former, Consumer<String> say) throws CannotStart {
    say.accept("PostgreSQL of an earlier start runs (pid " + former.pid() + "); restarting it");
    Signals.INT.send(former.pid());
    if (!former.gone(FAST)) {
      Signals.QUIT.send(former.pid());
    }
    if (!former.gone(IMMEDIATE)) {
      throw new CannotStart(
          "PostgreSQL of an earlier start does not end; end pid " + former.pid() + " by hand");
    }
  }

  private static boolean isPostgres(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().command())
        .map(command -> command.contains("postgres"))
        .orElse(true);
  }
}
