package io.tasklane.grpc.stream;

import java.util.Optional;

/**
 * What a stream sends, one message after another. A stream calls it from one thread at a time; only
 * what it does on the alarms and wake-ups it asked for may come from others.
 *
 * @param <R> a message
 */
public interface Feed<R> extends AutoCloseable {
  /**
   * Begins, before anything else is called.
   *
   * @param wake to be called, from any thread, when {@link #next()} may have something again; it
   *     returns at once
   */
  void open(Runnable wake);

  /** The next message, empty where there is none now. May read the log or a table. */
  Optional<R> next();

  /** Whether, after an empty {@link #next()}, nothing will ever come again. */
  boolean isDone();

  /** Gives back what it holds. Called once, also where {@link #open} failed. */
  @Override
  void close();
}
