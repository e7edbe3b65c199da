package io.tasklane.grpc.call;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.tasklane.grpc.error.ErrorReporter;

/** Sends the response or the error that ends one call. */
final class Reply<R> {
  private final ServerCallStreamObserver<R> out;
  private final ErrorReporter errors;
  private final String method;

  Reply(ServerCallStreamObserver<R> out, ErrorReporter errors, String method) {
    this.out = out;
    this.errors = errors;
    this.method = method;
    // With a handler set, sending to a client that has gone is no error.
    out.setOnCancelHandler(() -> {});
  }

  void send(R response) {
    out.onNext(response);
    out.onCompleted();
  }

  void fail(Throwable failure) {
    out.onError(error(failure));
  }

  void complete(R response, Throwable failure) {
    if (failure != null) {
      fail(failure);
    } else {
      send(response);
    }
  }

  StatusRuntimeException error(Throwable failure) {
    return errors.answer(method, failure);
  }
}
