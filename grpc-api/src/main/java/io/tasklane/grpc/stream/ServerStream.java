package io.tasklane.grpc.stream;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.tasklane.api.DrainLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Sends a feed to a client as fast as the client reads, in a {@link DrainLoop}: neither the feed
 * nor the observer, which are not thread-safe, ever meet two threads.
 *
 * @param <R> a message
 */
public final class ServerStream<R> implements OpenStreams.Open {
  private final ServerCallStreamObserver<R> out;
  private final Function<Throwable, StatusRuntimeException> told;
  private final OpenStreams open;
  private final DrainLoop loop;
  private final AtomicReference<Throwable> ending = new AtomicReference<>();
  private Feed<R> feed;
  private boolean ended;

  /**
   * A stream that is not started yet.
   *
   * @param out the client
   * @param executor runs the drains
   * @param told what the client is told about a failure
   * @param open is told while this stream is open
   */
  public ServerStream(
      ServerCallStreamObserver<R> out,
      Executor executor,
      Function<Throwable, StatusRuntimeException> told,
      OpenStreams open) {
    this.out = out;
    this.told = told;
    this.open = open;
    loop = new DrainLoop(executor, this::step);
  }

  /** Begins to send. To be called on the thread that serves the call, before it returns. */
  public void start(Feed<R> source) {
    feed = source;
    // None of these touches the feed before it is open: the loop starts last.
    out.setOnReadyHandler(loop::wake);
    out.setOnCancelHandler(loop::wake);
    open.add(this);
    try {
      source.open(loop::wake);
    } catch (RuntimeException | Error failure) {
      ending.compareAndSet(null, failure);
    }
    loop.start();
  }

  /** Ends the stream with this failure, after the message that is being sent. */
  @Override
  public void end(Throwable failure) {
    ending.compareAndSet(null, failure);
    loop.wake();
  }

  private void step() {
    if (ended) {
      return;
    }
    try {
      sendWhileReady();
    } catch (RuntimeException | Error failure) {
      ending.compareAndSet(null, failure);
    }
    if (!ended && (ending.get() != null || out.isCancelled())) {
      finish();
    }
  }

  private void sendWhileReady() {
    while (ending.get() == null && !out.isCancelled() && out.isReady()) {
      var message = feed.next();
      if (message.isPresent()) {
        out.onNext(message.get());
      } else {
        if (feed.isDone()) {
          finish();
        }
        return;
      }
    }
  }

  private void finish() {
    ended = true;
    open.remove(this);
    feed.close();
    if (out.isCancelled()) {
      return;
    }
    if (ending.get() == null) {
      out.onCompleted();
    } else {
      out.onError(told.apply(ending.get()));
    }
  }
}
