package io.tasklane.grpc.call;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.tasklane.grpc.error.FaultDesk;

/** Sends the end of one call. */
final class Reply<R> {
  private final ServerCallStreamObserver<R> out;
  private final FaultDesk faults;
  private final String method;

  Reply(ServerCallStreamObserver<R> out, FaultDesk faults, String method) {
    this.out = out;
    this.faults = faults;
    this.method = method;
    // With a handler set, sending to a client that has gone is no error.
    out.setOnCancelHandler(() -> {});
  }

  void send(R response) {
    out.onNext(response);
    out.onCompleted();
  }

  void fail(Throwable failure) {
    out.onError(told(failure));
  }

  void settle(R response, Throwable failure) {
    if (failure != null) {
      fail(failure);
    } else {
      send(response);
    }
  }

  StatusRuntimeException told(Throwable failure) {
    return faults.answer(method, failure);
  }
}
