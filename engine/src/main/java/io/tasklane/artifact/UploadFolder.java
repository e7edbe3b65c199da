package io.tasklane.artifact;

import io.tasklane.api.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** The folder of one node's uploads under way. What a crash left in it is removed at the start. */
final class UploadFolder {
  private static final Logger LOG = Logger.getLogger(UploadFolder.class.getName());

  private final Path folder;
  private final Semaphore places;

  /**
   * Makes the folder, or empties it.
   *
   * @param places how many uploads there may be at once
   */
  UploadFolder(Path folder, int places) {
    this.folder = folder;
    this.places = new Semaphore(places);
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

  /** A new, empty file, and a place for its upload. */
  Path begin() {
    if (!places.tryAcquire()) {
      throw Refusal.of(
          Refusal.Sort.UNAVAILABLE,
          "UPLOADS_BUSY",
          "",
          "this node takes no more uploads at once than tasklane.artifacts.uploads: try again");
    }
    try {
      return Files.createTempFile(folder, "upload-", ".part");
    } catch (IOException failed) {
      places.release();
      throw StorageErrors.told(failed);
    }
  }

  /** The upload is over; its file goes, where the storage has not moved it away. */
  void end(Path file) {
    places.release();
    try {
      Files.deleteIfExists(file);
    } catch (IOException stays) {
      LOG.log(Level.WARNING, file + " stays until the next start", stays);
    }
  }
}
