package io.tasklane.artifact.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Keeps objects by key. Keys are used once: what was removed never comes back under the same key,
 * so that a removal that was late cannot meet what came after it.
 */
public interface ArtifactStorage extends AutoCloseable {
  /**
   * Stores a file, whole or not at all; durable when it returns.
   *
   * @param key letters, digits and hyphens, two at least
   * @param file may be moved away
   */
  void put(String key, Path file) throws IOException;

  /**
   * The bytes from an offset to the end.
   *
   * @param offset not more than the object's length
   * @throws NoSuchFileException where there is no such object
   */
  InputStream open(String key, long offset) throws IOException;

  /** Removes an object; none is as well. */
  void remove(String key) throws IOException;

  @Override
  void close();
}
