package io.tasklane.container;

import io.tasklane.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Says in a file what a start is doing, so that the launcher can tell the user.
 *
 * @param file {@code tasklane.phase-file}; empty for none
 */
record StartPhase(String file) {
  private static final Logger LOG = Logger.getLogger(StartPhase.class.getName());

  static StartPhase from(Settings settings) {
    return new StartPhase(settings.text("tasklane.phase-file", ""));
  }

  /** From now on the start does this. */
  void is(String phase) {
    if (file.isEmpty()) {
      return;
    }
    try {
      Files.writeString(Path.of(file), phase + "\n");
    } catch (IOException unwritable) {
      // No reason to fail: the start goes on without the line.
      LOG.log(Level.FINE, "the phase of the start cannot be written", unwritable);
    }
  }
}
