package io.tasklane.launcher.process;

import io.tasklane.launcher.failure.CannotStart;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One of the processes a server consists of: how it starts, when it is ready, how it ends. */
public interface Component {

  /** Its name in files: log, process record. */
  String name();

  /** Its name for people, at the start of a sentence. */
  String title();

  /**
   * Prepares a start and says how to run it; called again before every restart.
   *
   * @throws CannotStart when trying again cannot help
   * @throws IOException when it may
   */
  ProcessBuilder command() throws CannotStart, IOException;

  /**
   * Whether it serves now; asked again and again while the process lives.
   *
   * @throws CannotStart when it has said itself that it cannot
   */
  boolean ready(long pid) throws CannotStart;

  /** What it does at present to get ready, for people; empty where that says nothing more. */
  default Optional<String> phase() {
    return Optional.empty();
  }

  /**
   * What a restart waits for, because without it the component would only die again: a sentence
   * without its end; empty where nothing is lacking.
   */
  default Optional<String> lacks() {
    return Optional.empty();
  }

  /** How long it may take to get ready. */
  Duration patience();

  /**
   * Asks it to end in good order. By its handle: a {@link Process} that is destroyed has its pipes
   * closed too, which a component takes for the end of its launcher, and halts.
   */
  default void stop(Process process) {
    process.toHandle().destroy();
  }

  /** Ends it when it did not end in good order. */
  default void force(Process process) {
    process.destroyForcibly();
  }
}
