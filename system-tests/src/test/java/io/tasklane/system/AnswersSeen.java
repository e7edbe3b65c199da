package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import io.tasklane.v1.StreamCreateTasksResponse;
import io.tasklane.v1.StreamCreateTasksResult;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The refusals that the tests of this JVM have received from servers. */
final class AnswersSeen implements ClientInterceptor {
  private static final Set<Promise> SEEN = ConcurrentHashMap.newKeySet();
  private static final String OURS = "tasklane.v1.";

  /** What a client makes up by itself, when its time is over or the server is gone. */
  private static final Set<Status.Code> OF_CLIENTS =
      Set.of(Status.Code.CANCELLED, Status.Code.DEADLINE_EXCEEDED, Status.Code.UNAVAILABLE);

  /** What common.proto says of any method. */
  private static final Set<String> OF_ANY_METHOD =
      Set.of(
          "UNAVAILABLE DATABASE_UNAVAILABLE",
          "UNAVAILABLE DATABASE_FULL",
          "UNAVAILABLE STREAM_CLOSED",
          "RESOURCE_EXHAUSTED MESSAGE_TOO_LARGE",
          "INVALID_ARGUMENT MESSAGE_UNREADABLE",
          "UNIMPLEMENTED METHOD_NOT_SERVED",
          "INTERNAL INTERNAL");

  /** Fails a class whose clients received what the contract does not promise. */
  static final class PromisedOnly implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) {
      assertPromised();
    }
  }

  static Set<Promise> all() {
    return Set.copyOf(SEEN);
  }

  static void assertPromised() {
    Set<Promise> promised = Promises.read().all();
    assertThat(SEEN)
        .as("received, and not promised by the comment of the method")
        .filteredOn(answer -> !OF_ANY_METHOD.contains(answer.answer()))
        .filteredOn(answer -> !promised.contains(answer))
        .isEmpty();
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    String name = method.getFullMethodName();
    if (!name.startsWith(OURS)) {
      return next.newCall(method, options);
    }
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<R> listener, Metadata headers) {
        super.start(new Noting<>(listener, name.substring(OURS.length())), headers);
      }
    };
  }

  private static final class Noting<R> extends SimpleForwardingClientCallListener<R> {
    private final String method;

    Noting(ClientCall.Listener<R> listener, String method) {
      super(listener);
      this.method = method;
    }

    @Override
    public void onMessage(R message) {
      if (message instanceof StreamCreateTasksResponse answers) {
        answers.getResultsList().stream()
            .filter(StreamCreateTasksResult::hasStatus)
            .forEach(answer -> note(answer.getStatus()));
      }
      super.onMessage(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      com.google.rpc.Status told = StatusProto.fromStatusAndTrailers(status, trailers);
      boolean ofTheClient = OF_CLIENTS.contains(status.getCode()) && told.getDetailsCount() == 0;
      if (!status.isOk() && !ofTheClient) {
        note(told);
      }
      super.onClose(status, trailers);
    }

    private void note(com.google.rpc.Status status) {
      if (status.getCode() != Status.Code.OK.value()) {
        String code = Status.fromCodeValue(status.getCode()).getCode().name();
        SEEN.add(new Promise(method, code, reason(status.getDetailsList())));
      }
    }
  }

  private static String reason(List<Any> details) {
    try {
      for (Any detail : details) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class).getReason();
        }
      }
      return "";
    } catch (InvalidProtocolBufferException broken) {
      throw new AssertionError(broken);
    }
  }
}
