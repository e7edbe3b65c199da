package io.tasklane.grpc.error;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.tasklane.api.Refusal;
import java.util.Map;

/** Writes {@code google.rpc.Status}: ErrorInfo always, and the details that fit the code. */
public final class ErrorStatus {
  /** How long a client shall wait before it repeats a call that may succeed then. */
  private static final Duration RETRY_DELAY = Duration.newBuilder().setSeconds(1).build();

  private ErrorStatus() {}

  /** A status with ErrorInfo alone. */
  public static Status of(Code code, String reason, String message, Map<String, String> metadata) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setReason(reason)
            .setDomain(Reason.DOMAIN)
            .putAllMetadata(metadata)
            .build();
    return Status.newBuilder()
        .setCode(code.getNumber())
        .setMessage(message)
        .addDetails(Any.pack(info))
        .build();
  }

  /** A request that breaks rules of the contract. */
  public static Status of(InvalidRequest invalid) {
    Status base = of(Code.INVALID_ARGUMENT, invalid.reason(), invalid.getMessage(), Map.of());
    return with(base, BadRequest.newBuilder().addAllFieldViolations(invalid.violations()).build());
  }

  /** A call that the application refused. */
  public static Status of(Refusal refusal) {
    Status base =
        of(code(refusal), refusal.reason().name(), refusal.getMessage(), refusal.metadata());
    return switch (refusal.sort()) {
      case INVALID_ARGUMENT -> refusal.field().map(f -> with(base, field(refusal, f))).orElse(base);
      case NOT_FOUND, ALREADY_EXISTS, ABORTED ->
          refusal.resource().map(name -> with(base, resource(refusal, name))).orElse(base);
      case FAILED_PRECONDITION -> with(base, precondition(refusal));
      case UNAVAILABLE, RESOURCE_EXHAUSTED ->
          with(base, RetryInfo.newBuilder().setRetryDelay(RETRY_DELAY).build());
      case OUT_OF_RANGE, DATA_LOSS -> base;
    };
  }

  private static Code code(Refusal refusal) {
    return switch (refusal.sort()) {
      case INVALID_ARGUMENT -> Code.INVALID_ARGUMENT;
      case NOT_FOUND -> Code.NOT_FOUND;
      case ALREADY_EXISTS -> Code.ALREADY_EXISTS;
      case FAILED_PRECONDITION -> Code.FAILED_PRECONDITION;
      case ABORTED -> Code.ABORTED;
      case OUT_OF_RANGE -> Code.OUT_OF_RANGE;
      case DATA_LOSS -> Code.DATA_LOSS;
      case UNAVAILABLE -> Code.UNAVAILABLE;
      case RESOURCE_EXHAUSTED -> Code.RESOURCE_EXHAUSTED;
    };
  }

  private static Message field(Refusal refusal, String field) {
    return BadRequest.newBuilder()
        .addFieldViolations(
            InvalidRequest.violation(refusal.reason().name(), field, refusal.getMessage()))
        .build();
  }

  private static Message resource(Refusal refusal, String name) {
    String collection = name.contains("/") ? name.substring(0, name.indexOf('/')) : "";
    return ResourceInfo.newBuilder()
        .setResourceType(collection)
        .setResourceName(name)
        .setDescription(refusal.getMessage())
        .build();
  }

  private static Message precondition(Refusal refusal) {
    return PreconditionFailure.newBuilder()
        .addViolations(
            PreconditionFailure.Violation.newBuilder()
                .setType(refusal.reason().name())
                .setSubject(refusal.resource().orElse(""))
                .setDescription(refusal.getMessage()))
        .build();
  }

  private static Status with(Status base, Message detail) {
    return base.toBuilder().addDetails(Any.pack(detail)).build();
  }
}
