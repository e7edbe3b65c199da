package io.tasklane.api;

import java.util.Optional;

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
   * @param bytes the first answer, as the encoder of its change wrote it
   * @param generated what has to be added to it, if it was encoded before that was known; the first
   *     answer is the two together
   */
  record Stored<T>(byte[] bytes, Optional<Generated> generated) implements Answer<T> {
    /** A complete stored answer. */
    public Stored(byte[] bytes) {
      this(bytes, Optional.empty());
    }
  }
}
