package io.tasklane.api;

/** Bytes on their way out. Used by one thread at a time. */
public interface ArtifactBytes extends AutoCloseable {
  /**
   * The next bytes.
   *
   * @param most how many at once
   * @return empty at the end
   * @throws Refusal DATA_LOSS: ARTIFACT_CORRUPT where the bytes are not what they were;
   *     UNAVAILABLE: STORAGE_UNAVAILABLE
   */
  byte[] read(int most);

  @Override
  void close();
}
