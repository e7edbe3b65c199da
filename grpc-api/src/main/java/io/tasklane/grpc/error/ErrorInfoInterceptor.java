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

/**
 * Adds ErrorInfo to errors that have none: the UNIMPLEMENTED of generated code for a method not
 * served, what gRPC's own services answer, a call with no request or with two where it takes one.
 */
public final class ErrorInfoInterceptor implements ServerInterceptor {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /** One is enough for all services. */
  public ErrorInfoInterceptor() {}

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
      if (!status.isOk() && !trailers.containsKey(DETAILS)) {
        trailers.merge(details(status));
      }
      super.close(status, trailers);
    }

    private Metadata details(Status status) {
      String method = getMethodDescriptor().getFullMethodName();
      String said = status.getDescription() == null ? method : status.getDescription();
      com.google.rpc.Status explained =
          ErrorStatus.of(
              Code.forNumber(status.getCode().value()),
              reason(status.getCode()),
              said,
              Map.of("method", method));
      return StatusProto.toStatusRuntimeException(explained).getTrailers();
    }
  }

  private static String reason(Status.Code code) {
    return switch (code) {
      case UNIMPLEMENTED -> Reason.METHOD_NOT_SERVED;
      case NOT_FOUND -> Reason.SERVICE_UNKNOWN; // only the health service answers so
      default -> code.name();
    };
  }
}
