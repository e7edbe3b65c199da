package io.tasklane.launcher.process;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What a launcher left running that was ended with kill -9: its broker and node, which notice and
 * halt by themselves in a moment. The caller holds the folder's lock, so nothing here is in use.
 */
public final class Leftovers {
  /** How long they may take to notice. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private Leftovers() {}

  /** Waits for every recorded process to be gone, and ends by its number what stays. */
  public static void clear(RunRecord record, Duration patience, Consumer<String> say)
      throws CannotStart, IOException {
    for (var left : record.living().entrySet()) {
      clear(left.getKey(), left.getValue(), patience, say);
      record.remove(left.getKey());
    }
  }

  private static void clear(
      String component, ProcessId process, Duration patience, Consumer<String> say)
      throws CannotStart {
    if (process.equals(ProcessId.self()) || process.gone(patience)) {
      return;
    }
    say.accept(
        component + " of an earlier start still runs (pid " + process.pid() + "); ending it");
    process.kill();
    if (!process.gone(PATIENCE)) {
      throw new CannotStart(
          component
              + " of an earlier start cannot be ended; end pid "
              + process.pid()
              + " by hand");
    }
  }
}
