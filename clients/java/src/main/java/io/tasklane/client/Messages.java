package io.tasklane.client;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The messages of a stream, which is opened again when it breaks off, or ends with OK while more is
 * wanted. One thread reads; any may close.
 */
final class Messages<T> implements Iterator<T>, AutoCloseable {
  private final Connection connection;
  private final Supplier<Optional<Iterator<T>>> opening;
  private final boolean forEver;
  private Backoff backoff = new Backoff();
  private long end;
  private boolean endless;
  private Iterator<T> current;
  private volatile Context.CancellableContext call;
  private volatile boolean closed;

  /**
   * Of a stream that fails when it stays without a message for the time in which calls are
   * repeated.
   *
   * @param opening opens it from where the messages so far have come to; empty where nothing more
   *     is wanted
   * @param forEver whether it fails so only before the first message
   */
  Messages(Connection connection, Supplier<Optional<Iterator<T>>> opening, boolean forEver) {
    this.connection = connection;
    this.opening = opening;
    this.forEver = forEver;
    end = connection.end();
  }

  @Override
  public boolean hasNext() {
    while (!closed && (current != null || open())) {
      try {
        if (current.hasNext()) {
          backoff = new Backoff();
          end = connection.end();
          endless = forEver;
          return true;
        }
        leave();
      } catch (StatusRuntimeException error) {
        leave();
        if (!closed) {
          waitAfter(error);
        }
      }
    }
    return false;
  }

  @Override
  public T next() {
    return current.next();
  }

  private boolean open() {
    call = Context.ROOT.withCancellation();
    Context before = call.attach();
    try {
      current = opening.get().orElse(null);
      return current != null;
    } finally {
      call.detach(before);
    }
  }

  private void leave() {
    current = null;
    call.cancel(null);
  }

  private void waitAfter(StatusRuntimeException error) {
    boolean over = !endless && System.nanoTime() - end > 0;
    if (over || !Connection.isUnavailable(error)) {
      throw TasklaneException.ofCall(error);
    }
    backoff.pause();
    connection.reconnect();
  }

  @Override
  public void close() {
    closed = true;
    Context.CancellableContext open = call;
    if (open != null) {
      open.cancel(null);
    }
  }
}
