package io.tasklane.grpc.stream;

import io.tasklane.api.Refusal;
import io.tasklane.grpc.error.Reason;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams, uploads and long polls that are open, so that a server that stops can end them in
 * words.
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

  /** None yet. */
  public OpenStreams() {}

  /** How many are open. */
  public int count() {
    return streams.size();
  }

  /** Ends all of them, and every one that begins from now on, with UNAVAILABLE. */
  public void closeAll() {
    closed = true;
    streams.forEach(stream -> stream.end(stopping()));
  }

  /** This one is open; where the server stops already it is ended. */
  public void add(Open stream) {
    streams.add(stream);
    if (closed) {
      stream.end(stopping());
    }
  }

  /** This one has ended. */
  public void remove(Open stream) {
    streams.remove(stream);
  }

  private static Refusal stopping() {
    return Refusal.of(
        Refusal.Sort.UNAVAILABLE,
        Reason.STREAM_CLOSED,
        "",
        "the server stops: ask again, where it was started again or at another node");
  }
}
