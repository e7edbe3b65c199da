package io.tasklane.api;

/**
 * The outcome of a change: done now, or the stored first answer to the same request id.
 *
 * @param <T> what is done
 */
public sealed interface Answer<T> {
  /**
   * Done now.
   *
   * @param value what was done
   */
  record Fresh<T>(T value) implements Answer<T> {}

  /**
   * Done before.
   *
   * @param bytes the first answer, byte for byte
   */
  record Stored<T>(byte[] bytes) implements Answer<T> {}
}
