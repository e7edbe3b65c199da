package io.tasklane.artifact.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Stores objects by key. Keys are used once: a removed key is never used again, so that a late
 * removal cannot hit a newer object.
 */
public interface ArtifactStorage extends AutoCloseable {
  /**
   * Stores a file, completely or not at all; durable when it returns.
   *
   * @param key letters, digits and hyphens, at least two
   * @param file may be moved away
   */
  void put(String key, Path file) throws IOException;

  /**
   * The bytes from an offset to the end.
   *
   * @param offset not more than the object's length
   * @throws NoSuchFileException if there is no such object
   */
  InputStream open(String key, long offset) throws IOException;

  /** Removes an object; does nothing if there is none. */
  void remove(String key) throws IOException;

  @Override
  void close();
}
