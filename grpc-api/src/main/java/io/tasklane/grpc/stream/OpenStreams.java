package io.tasklane.grpc.stream;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams, uploads and long polls that are open, so that a server that stops can end them with
 * a reason.
 */
public final class OpenStreams {
  /** One of them. */
  @FunctionalInterface
  public interface Open {
    /** Ends it with this failure soon, and returns at once. */
    void end(Throwable failure);
  }

  private final Set<Open> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Starts with none open. */
  public OpenStreams() {}

  /** How many are open. */
  public int count() {
    return streams.size();
  }

  /** Ends all of them, and every one that is opened from now on, with UNAVAILABLE. */
  public void closeAll() {
    closed = true;
    streams.forEach(stream -> stream.end(stopping()));
  }

  /** Adds one that is open; it is ended at once where the server is stopping. */
  public void add(Open stream) {
    streams.add(stream);
    if (closed) {
      stream.end(stopping());
    }
  }

  /** Removes one that has ended. */
  public void remove(Open stream) {
    streams.remove(stream);
  }

  private static Refusal stopping() {
    return Refusal.of(
        Refusal.Sort.UNAVAILABLE,
        RefusalReason.STREAM_CLOSED,
        "",
        "the server stops: ask again, where it was started again or at another node");
  }
}
