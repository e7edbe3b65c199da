package io.tasklane.api;

/** Bytes of a download. Used by one thread at a time. */
public interface ArtifactBytes extends AutoCloseable {
  /**
   * The next bytes.
   *
   * @param most how many at once
   * @return empty at the end
   * @throws Refusal DATA_LOSS: ARTIFACT_CORRUPT if the bytes are not those that were stored;
   *     UNAVAILABLE: STORAGE_UNAVAILABLE
   */
  byte[] read(int most);

  @Override
  void close();
}
