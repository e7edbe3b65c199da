package io.tasklane.system;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;

/** What a refusal of the server tells a program. */
final class Refusals {
  private Refusals() {}

  static String reason(StatusRuntimeException refusal) {
    return detail(refusal, ErrorInfo.class).getReason();
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
