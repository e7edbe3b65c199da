package io.tasklane.grpc.guard;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * A call that may be ended from outside while whoever serves it still sends: what it sends then
 * goes nowhere.
 */
public class GuardedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private boolean closed;
  private boolean refused;

  /** Guards this call; whoever serves it must be given this instead. */
  public GuardedCall(ServerCall<Q, R> call) {
    super(call);
  }

  /**
   * Ends the call with this, unless it has ended. Whoever serves it learns of it as if the client
   * had gone.
   */
  public synchronized void refuse(StatusRuntimeException answer) {
    if (!closed && !refused) {
      refused = true;
      super.close(answer.getStatus(), answer.getTrailers());
    }
  }

  /** So that whoever serves it stops. */
  @Override
  public synchronized boolean isCancelled() {
    return refused || super.isCancelled();
  }

  @Override
  public synchronized void sendHeaders(Metadata headers) {
    if (!refused) {
      super.sendHeaders(headers);
    }
  }

  @Override
  public synchronized void sendMessage(R message) {
    if (!refused) {
      super.sendMessage(message);
    }
  }

  @Override
  public synchronized void close(Status status, Metadata trailers) {
    if (!refused) {
      closed = true;
      super.close(status, trailers);
    }
  }
}
