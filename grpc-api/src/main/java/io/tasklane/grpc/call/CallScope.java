package io.tasklane.grpc.call;

import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.tasklane.api.Caller;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;

/** Finds out who calls, and keeps a line about the end of every call at level DEBUG. */
public final class CallScope implements ServerInterceptor {
  private static final Logger LOG = System.getLogger(CallScope.class.getName());

  /** Nobody has to say who they are yet. */
  private static final String ANONYMOUS = "anonymous";

  /** One is enough for all services. */
  public CallScope() {}

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    SocketAddress peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    Caller caller = new Caller(ANONYMOUS, peer == null ? "" : peer.toString());
    CallInfo info = new CallInfo(caller, call.getMethodDescriptor().getFullMethodName());
    return Contexts.interceptCall(info.inContext(), new Logged<>(call, info), headers, next);
  }

  private static final class Logged<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final CallInfo info;

    Logged(ServerCall<Q, R> call, CallInfo info) {
      super(call);
      this.info = info;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      LOG.log(
          Level.DEBUG,
          () -> info.method() + " from " + info.caller().peer() + ": " + status.getCode());
      super.close(status, trailers);
    }
  }
}
