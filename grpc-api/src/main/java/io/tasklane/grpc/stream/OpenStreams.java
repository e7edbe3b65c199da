package io.tasklane.grpc.stream;

import io.tasklane.app.Refusal;
import io.tasklane.grpc.error.Reason;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams and long polls that are open, so that a server that stops can end them in words. */
public final class OpenStreams {
  private final Set<ServerStream<?>> streams = ConcurrentHashMap.newKeySet();
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

  void add(ServerStream<?> stream) {
    streams.add(stream);
    if (closed) {
      stream.end(stopping());
    }
  }

  void remove(ServerStream<?> stream) {
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
