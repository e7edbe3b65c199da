package io.tasklane.grpc.error;

import com.google.rpc.Code;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.Map;

/** Adds ErrorInfo to the bare UNIMPLEMENTED that generated code answers for a method not served. */
public final class UnservedMethods implements ServerInterceptor {
  /** One is enough for all services. */
  public UnservedMethods() {}

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return next.startCall(new Explained<>(call), headers);
  }

  private static final class Explained<Q, R> extends SimpleForwardingServerCall<Q, R> {
    Explained(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (status.getCode() == Status.Code.UNIMPLEMENTED) {
        trailers.merge(details());
      }
      super.close(status, trailers);
    }

    private Metadata details() {
      String method = getMethodDescriptor().getFullMethodName();
      com.google.rpc.Status status =
          ErrorStatus.of(
              Code.UNIMPLEMENTED,
              Reason.METHOD_NOT_SERVED,
              "Method " + method + " is unimplemented",
              Map.of("method", method));
      return StatusProto.toStatusRuntimeException(status).getTrailers();
    }
  }
}
