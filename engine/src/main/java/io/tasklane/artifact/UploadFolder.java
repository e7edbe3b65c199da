package io.tasklane.artifact;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The folder of one node's uploads under way. Files that a crash left are removed at the start. */
final class UploadFolder {
  private static final Logger LOG = Logger.getLogger(UploadFolder.class.getName());

  private final Path folder;
  private final Semaphore slots;

  /**
   * Creates the folder, or empties it.
   *
   * @param slots how many uploads there may be at once
   */
  UploadFolder(Path folder, int slots) {
    this.folder = folder;
    this.slots = new Semaphore(slots);
    try {
      Files.createDirectories(folder);
      try (Stream<Path> left = Files.list(folder)) {
        for (Path file : left.toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "tasklane.artifacts.folder: " + folder + " cannot be written to", failed);
    }
  }

  /** A new, empty file for an upload; takes one of the upload slots. */
  Path begin() {
    if (!slots.tryAcquire()) {
      throw Refusal.unavailable(
          RefusalReason.UPLOADS_BUSY,
          "this node takes no more uploads at once than tasklane.artifacts.uploads: try again");
    }
    try {
      return Files.createTempFile(folder, "upload-", ".part");
    } catch (IOException failed) {
      slots.release();
      throw StorageErrors.refusal(failed);
    }
  }

  /** The upload has ended: deletes its file, unless the storage has moved it away. */
  void end(Path file) {
    slots.release();
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      LOG.log(Level.WARNING, file + " stays until the next start", stays);
    }
  }
}
