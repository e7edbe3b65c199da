package io.tasklane.cli;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/**
 * Refuses a change without request_id: the command line tries whatever is UNAVAILABLE again, so
 * each of its changes must be one that takes effect once.
 */
final class RequestIdsOnly implements ServerInterceptor {
  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      private boolean refused;

      @Override
      public void onMessage(Q message) {
        refused = !isSafe((Message) message);
        if (refused) {
          String why = message.getClass().getSimpleName() + " without request_id";
          call.close(Status.INTERNAL.withDescription(why), new Metadata());
        } else {
          super.onMessage(message);
        }
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }
    };
  }

  private static boolean isSafe(Message request) {
    FieldDescriptor id = request.getDescriptorForType().findFieldByName("request_id");
    return id == null || !request.getField(id).equals("");
  }
}
