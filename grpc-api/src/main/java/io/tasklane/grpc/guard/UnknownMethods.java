package io.tasklane.grpc.guard;

import com.google.rpc.Code;
import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tasklane.grpc.error.ErrorStatus;
import io.tasklane.grpc.error.Reason;
import java.io.InputStream;
import java.util.Map;

/** Answers calls of methods and services that nobody has registered. */
public final class UnknownMethods extends HandlerRegistry {
  /** One is enough for a server. */
  public UnknownMethods() {}

  @Override
  public ServerMethodDefinition<?, ?> lookupMethod(String method, String authority) {
    MethodDescriptor<InputStream, InputStream> descriptor =
        MethodDescriptor.newBuilder(Untouched.BYTES, Untouched.BYTES)
            .setType(MethodType.UNKNOWN)
            .setFullMethodName(method)
            .build();
    return ServerMethodDefinition.create(
        descriptor,
        (call, headers) -> {
          StatusRuntimeException answer = answer(method);
          call.close(answer.getStatus(), answer.getTrailers());
          return new ServerCall.Listener<>() {};
        });
  }

  private static StatusRuntimeException answer(String method) {
    return StatusProto.toStatusRuntimeException(
        ErrorStatus.of(
            Code.UNIMPLEMENTED,
            Reason.METHOD_NOT_SERVED,
            "Method not found: " + method,
            Map.of("method", method)));
  }

  /** No message is asked for, so none is read. */
  private enum Untouched implements MethodDescriptor.Marshaller<InputStream> {
    BYTES;

    @Override
    public InputStream stream(InputStream value) {
      return value;
    }

    @Override
    public InputStream parse(InputStream stream) {
      return stream;
    }
  }
}
