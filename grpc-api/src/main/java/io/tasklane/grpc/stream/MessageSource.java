package io.tasklane.grpc.stream;

import java.util.Optional;

/**
 * The messages of a stream, one after another. A stream calls it from one thread at a time; only
 * its own alarms and wake-ups may run on other threads.
 *
 * @param <R> a message
 */
public interface MessageSource<R> extends AutoCloseable {
  /**
   * Opens the source. Called before any other method.
   *
   * @param wake to be called, from any thread, when {@link #next()} may have something again; it
   *     returns at once
   */
  void open(Runnable wake);

  /** The next message, empty where there is none now. May read the log or a table. */
  Optional<R> next();

  /** Whether, after an empty {@link #next()}, there will be no further message. */
  boolean isDone();

  /** Releases what it holds. Called once, also where {@link #open} failed. */
  @Override
  void close();
}
