package io.tasklane.launcher.postgres;

import io.tasklane.launcher.process.ProcessId;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Signals that Java cannot send; PostgreSQL takes each for another kind of shutdown. */
enum Signals {
  /** Fast: roll back what is open, write a checkpoint, end. */
  INT,
  /** Immediate: end now, recover at the next start. */
  QUIT;

  /** Sends it, if the number still is that very process's. */
  void send(ProcessId process) {
    if (process.alive()) {
      send(process.pid());
    }
  }

  private void send(long pid) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name() + " " + pid)
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException noShell) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
