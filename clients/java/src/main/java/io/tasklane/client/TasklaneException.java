package io.tasklane.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;

/** A call that was refused or that failed, with the reason that the contract names. */
public class TasklaneException extends RuntimeException {
  private static final int UNAVAILABLE = Status.Code.UNAVAILABLE.value();
  private final Status.Code code;
  private final String reason;
  private final List<Violation> violations;
  private final Map<String, String> metadata;

  TasklaneException(Status.Code code, String message) {
    this(code, message, ErrorInfo.getDefaultInstance(), BadRequest.getDefaultInstance());
  }

  private TasklaneException(Status.Code code, String message, ErrorInfo info, BadRequest bad) {
    super(code + (info.getReason().isEmpty() ? "" : " " + info.getReason()) + ": " + message);
    this.code = code;
    reason = info.getReason();
    metadata = Map.copyOf(info.getMetadataMap());
    violations =
        bad.getFieldViolationsList().stream()
            .map(fault -> new Violation(fault.getField(), fault.getDescription()))
            .toList();
  }

  /** That of a call, whose error carries a status. */
  public static TasklaneException ofCall(Throwable error) {
    com.google.rpc.Status status = StatusProto.fromThrowable(error);
    int code = Connection.isUnavailable(error) ? UNAVAILABLE : status.getCode();
    return ofStatus(status.toBuilder().setCode(code).build());
  }

  /** That of an element of a stream. */
  public static TasklaneException ofStatus(com.google.rpc.Status status) {
    ErrorInfo info = ErrorInfo.getDefaultInstance();
    BadRequest bad = BadRequest.getDefaultInstance();
    try {
      for (Any detail : status.getDetailsList()) {
        info = detail.is(ErrorInfo.class) ? detail.unpack(ErrorInfo.class) : info;
        bad = detail.is(BadRequest.class) ? detail.unpack(BadRequest.class) : bad;
      }
    } catch (InvalidProtocolBufferException unreadable) {
      // The code and the message say enough.
    }
    Status.Code code = Status.fromCodeValue(status.getCode()).getCode();
    return new TasklaneException(code, status.getMessage(), info, bad);
  }

  /** The gRPC code, such as INVALID_ARGUMENT. */
  public Status.Code code() {
    return code;
  }

  /** The reason, such as "QUEUE_UNKNOWN"; empty where the server gave none. */
  public String reason() {
    return reason;
  }

  /** The offending fields; empty where none is to blame. */
  public List<Violation> violations() {
    return violations;
  }

  /** What the server adds to the reason, such as "oldest_token". */
  public Map<String, String> metadata() {
    return metadata;
  }
}
