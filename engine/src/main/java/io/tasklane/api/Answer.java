package io.tasklane.api;

import java.time.Instant;
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

  /**
   * Values that PostgreSQL generates while it writes the row of a new task. An answer that is
   * stored by the same statement cannot contain them yet.
   *
   * @param revision of its creation
   * @param createTime by the clock of the database
   */
  record Generated(long revision, Instant createTime) {}
}
