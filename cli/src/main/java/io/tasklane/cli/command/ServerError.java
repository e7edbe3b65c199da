package io.tasklane.cli.command;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A refusal of the server in the words of the user, from the details of {@code google.rpc}. */
public final class ServerError {
  private ServerError() {}

  /**
   * Says what went wrong and, where the server said so, which field and what to do.
   *
   * @param error what a call threw
   * @param address the server that was asked, "HOST:PORT"
   * @return one line, and one more for each field at fault or hint
   */
  public static List<String> lines(StatusRuntimeException error, String address) {
    Code code = error.getStatus().getCode();
    if (code == Code.UNAVAILABLE && StatusProto.fromThrowable(error).getDetailsCount() == 0) {
      return List.of(
          "cannot reach a Tasklane server at " + address + ": " + reason(error),
          "  start one with `tasklane server start`, or name another with --server HOST:PORT");
    }
    Status status = StatusProto.fromThrowable(error);
    List<String> lines = new ArrayList<>();
    String reason = detail(status, ErrorInfo.class).map(i -> " " + i.getReason()).orElse("");
    Optional<BadRequest> fields = detail(status, BadRequest.class);
    boolean repeated = fields.isPresent() && repeats(message(error), fields.get());
    lines.add(code + reason + (repeated ? "" : ": " + message(error)));
    fields.ifPresent(bad -> fieldLines(bad, lines));
    detail(status, RetryInfo.class)
        .ifPresent(r -> lines.add("  try again in " + Durations.toString(r.getRetryDelay())));
    detail(status, ErrorInfo.class)
        .flatMap(info -> NextStep.after(info.getReason()))
        .ifPresent(step -> lines.add("  " + step));
    if (code == Code.UNAUTHENTICATED || code == Code.PERMISSION_DENIED) {
      lines.add("  give a token: $TASKLANE_TOKEN, or `tasklane profile set NAME --token -`");
    }
    if (code == Code.UNIMPLEMENTED) {
      lines.add("  the server at " + address + " does not serve this yet");
    }
    return lines;
  }

  /** Whether the server has refused the request, and would refuse it again. */
  public static boolean isRefusal(StatusRuntimeException error) {
    return switch (error.getStatus().getCode()) {
      case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED -> true;
      default -> false;
    };
  }

  /** The fields that the server has refused; empty if it says of none. */
  public static List<BadRequest.FieldViolation> fields(StatusRuntimeException error) {
    return detail(StatusProto.fromThrowable(error), BadRequest.class)
        .map(BadRequest::getFieldViolationsList)
        .orElse(List.of());
  }

  // Then the line of the field says it all, and better.
  private static boolean repeats(String message, BadRequest bad) {
    return bad.getFieldViolationsList().stream()
        .anyMatch(violation -> message.contains(violation.getDescription()));
  }

  private static void fieldLines(BadRequest bad, List<String> lines) {
    bad.getFieldViolationsList()
        .forEach(v -> lines.add("  " + v.getField() + ": " + v.getDescription()));
  }

  private static String message(StatusRuntimeException error) {
    String description = error.getStatus().getDescription();
    return description == null || description.isBlank() ? "no further word" : description;
  }

  // "io exception" alone says nothing; its cause has "Connection refused: /127.0.0.1:9090".
  private static String reason(StatusRuntimeException error) {
    Throwable cause = error.getCause();
    return cause == null || cause.getMessage() == null ? message(error) : cause.getMessage();
  }

  private static <T extends Message> Optional<T> detail(Status status, Class<T> type) {
    return status.getDetailsList().stream()
        .filter(any -> any.is(type))
        .findFirst()
        .map(unpack(type));
  }

  private static <T extends Message> Function<Any, T> unpack(Class<T> type) {
    return any -> {
      try {
        return any.unpack(type);
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalArgumentException("the server sent an unreadable error detail", e);
      }
    };
  }
}
