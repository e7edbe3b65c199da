package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refusal of the server tells a program. */
final class Refusals {
  private Refusals() {}

  static String reason(StatusRuntimeException refusal) {
    return detail(refusal, ErrorInfo.class).getReason();
  }

  /** Expects a call to be refused so: "NOT_FOUND TASK_NOT_FOUND". */
  static void refused(String codeAndReason, ThrowingCallable call) {
    StatusRuntimeException refusal = Client.refusal(call);
    assertThat(refusal.getStatus().getCode() + " " + reason(refusal))
        .as("%s", refusal)
        .isEqualTo(codeAndReason);
    assertThat(domain(refusal)).isEqualTo("tasklane.io");
  }

  static String domain(StatusRuntimeException refusal) {
    return detail(refusal, ErrorInfo.class).getDomain();
  }

  static List<FieldViolation> violations(StatusRuntimeException refusal) {
    return detail(refusal, BadRequest.class).getFieldViolationsList();
  }

  private static <T extends Message> T detail(StatusRuntimeException refusal, Class<T> type) {
    try {
      for (var detail : StatusProto.fromThrowable(refusal).getDetailsList()) {
        if (detail.is(type)) {
          return detail.unpack(type);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("unreadable details in " + refusal, e);
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + refusal);
  }
}
