package io.tasklane.grpc.stream;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client that is ready when a test says so. */
final class ClientOfTest extends ServerCallStreamObserver<String> {
  final List<String> received = new CopyOnWriteArrayList<>();
  volatile boolean ready = true;
  volatile boolean cancelled;
  volatile boolean completed;
  volatile Throwable error;

  /** Becomes not ready after so many messages more. */
  volatile int window = Integer.MAX_VALUE;

  private Runnable onReady = () -> {};
  private Runnable onCancel = () -> {};

  void becomeReady(int messages) {
    window = messages;
    ready = true;
    onReady.run();
  }

  void cancel() {
    cancelled = true;
    onCancel.run();
  }

  @Override
  public void onNext(String value) {
    received.add(value);
    if (--window <= 0) {
      ready = false;
    }
  }

  @Override
  public void onError(Throwable failure) {
    error = failure;
  }

  @Override
  public void onCompleted() {
    completed = true;
  }

  @Override
  public boolean isReady() {
    return ready;
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {
    onReady = handler;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {
    onCancel = handler;
  }

  @Override
  public void setOnCloseHandler(Runnable handler) {}

  @Override
  public void setCompression(String compression) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void request(int count) {}

  @Override
  public void setMessageCompression(boolean enable) {}
}
