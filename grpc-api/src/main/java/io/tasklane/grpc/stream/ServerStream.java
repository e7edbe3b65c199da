package io.tasklane.grpc.stream;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.tasklane.api.DrainLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Sends the messages of a source to a client as fast as the client reads, in a {@link DrainLoop}:
 * neither the source nor the observer, which are not thread-safe, is ever used by two threads at
 * once.
 *
 * @param <R> a message
 */
public final class ServerStream<R> implements OpenStreams.Open {
  private final ServerCallStreamObserver<R> out;
  private final Function<Throwable, StatusRuntimeException> errors;
  private final OpenStreams open;
  private final DrainLoop loop;
  private final AtomicReference<Throwable> ending = new AtomicReference<>();
  private MessageSource<R> source;
  private boolean ended;

  /**
   * A stream that is not started yet.
   *
   * @param out the client
   * @param executor runs the drains
   * @param errors turns a failure into the error that the client gets
   * @param open has this stream in it while it is open
   */
  public ServerStream(
      ServerCallStreamObserver<R> out,
      Executor executor,
      Function<Throwable, StatusRuntimeException> errors,
      OpenStreams open) {
    this.out = out;
    this.errors = errors;
    this.open = open;
    loop = new DrainLoop(executor, this::step);
  }

  /** Starts to send. To be called on the thread that serves the call, before it returns. */
  public void start(MessageSource<R> messages) {
    source = messages;
    // None of these touches the source before it is open: the loop starts last.
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
      var message = source.next();
      if (message.isPresent()) {
        out.onNext(message.get());
      } else {
        if (source.isDone()) {
          finish();
        }
        return;
      }
    }
  }

  private void finish() {
    ended = true;
    open.remove(this);
    source.close();
    if (out.isCancelled()) {
      return;
    }
    if (ending.get() == null) {
      out.onCompleted();
    } else {
      out.onError(errors.apply(ending.get()));
    }
  }
}
