package io.tasklane.grpc.guard;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.tasklane.grpc.error.ErrorStatus;
import io.tasklane.grpc.error.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stands before a service, in front of everything else. */
public final class Guard {
  /** Of a request message, as the contract says. */
  public static final int MAXIMUM_MESSAGE_BYTES = 4 * 1024 * 1024;

  /**
   * What the transport takes in, so that the guard can refuse the rest in words. Beyond this the
   * transport refuses by itself, before it has read the message, and knows no words.
   */
  public static final int MAXIMUM_TRANSPORT_BYTES = 4 * MAXIMUM_MESSAGE_BYTES;

  private Guard() {}

  /** The service, wrapped in its guard. */
  public static ServerServiceDefinition before(ServerServiceDefinition service) {
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    service.getMethods().forEach(method -> methods.add(guarded(method)));
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder guarded = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(guarded::addMethod);
    return guarded.build();
  }

  @SuppressWarnings("unchecked") // every request of ours is a Message
  private static <Q, R> ServerMethodDefinition<?, R> guarded(ServerMethodDefinition<Q, R> method) {
    return ofMessages((ServerMethodDefinition<? extends Message, R>) method);
  }

  private static <Q extends Message, R> ServerMethodDefinition<Q, R> ofMessages(
      ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> plain = method.getMethodDescriptor();
    CheckedMarshaller<Q> requests =
        new CheckedMarshaller<>(
            (PrototypeMarshaller<Q>) plain.getRequestMarshaller(), MAXIMUM_MESSAGE_BYTES);
    return ServerMethodDefinition.create(
        plain.toBuilder(requests, plain.getResponseMarshaller()).build(),
        (call, headers) -> {
          GuardedCall<Q, R> guarded = new GuardedCall<>(call);
          return new Checked<>(
              method.getServerCallHandler().startCall(guarded, headers), guarded, requests);
        });
  }

  private static StatusRuntimeException answer(
      ServerCall<?, ?> call, Code code, String reason, String why) {
    String method = call.getMethodDescriptor().getFullMethodName();
    return StatusProto.toStatusRuntimeException(
        ErrorStatus.of(code, reason, method + ": " + why, Map.of("method", method)));
  }

  /** Lets pass what is readable; the first message that is not ends the call. */
  private static final class Checked<Q extends Message>
      extends SimpleForwardingServerCallListener<Q> {
    private final GuardedCall<Q, ?> call;
    private final CheckedMarshaller<Q> requests;
    private boolean refused;

    Checked(
        ServerCall.Listener<Q> listener, GuardedCall<Q, ?> call, CheckedMarshaller<Q> requests) {
      super(listener);
      this.call = call;
      this.requests = requests;
    }

    @Override
    public void onMessage(Q message) {
      if (refused) {
        return;
      }
      if (requests.isTooLarge(message)) {
        String most = "a message is larger than " + MAXIMUM_MESSAGE_BYTES + " bytes (4 MiB)";
        refuse(Code.RESOURCE_EXHAUSTED, Reason.MESSAGE_TOO_LARGE, most);
      } else if (requests.isUnreadable(message)) {
        String why = "a message is no " + message.getDescriptorForType().getFullName();
        refuse(Code.INVALID_ARGUMENT, Reason.MESSAGE_UNREADABLE, why);
      } else {
        super.onMessage(message);
      }
    }

    /** Whoever serves the call gives back what it holds, as if the client had gone. */
    private void refuse(Code code, String reason, String why) {
      refused = true;
      call.refuse(answer(call, code, reason, why));
      super.onCancel();
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        super.onHalfClose();
      }
    }

    @Override
    public void onReady() {
      if (!refused) {
        super.onReady();
      }
    }

    @Override
    public void onCancel() {
      if (!refused) {
        super.onCancel();
      }
    }

    @Override
    public void onComplete() {
      if (!refused) {
        super.onComplete();
      }
    }
  }
}
