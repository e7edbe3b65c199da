package io.tasklane.grpc.error;

import com.google.rpc.BadRequest.FieldViolation;
import java.util.List;
import java.util.stream.Collectors;

/** A request breaks rules of the contract; it names every field that does. */
public final class InvalidRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient List<FieldViolation> violations;

  /**
   * Says what is wrong.
   *
   * @param reason the reason of ErrorInfo
   * @param violations at least one: path of the field, and its value with what is allowed
   */
  public InvalidRequest(String reason, List<FieldViolation> violations) {
    super(
        violations.stream()
            .map(violation -> violation.getField() + ": " + violation.getDescription())
            .collect(Collectors.joining("; ")));
    this.reason = reason;
    this.violations = List.copyOf(violations);
  }

  /** One field is wrong. */
  public static InvalidRequest field(String reason, String field, String description) {
    return new InvalidRequest(reason, List.of(violation(reason, field, description)));
  }

  /** A line of BadRequest. */
  public static FieldViolation violation(String reason, String field, String description) {
    return FieldViolation.newBuilder()
        .setField(field)
        .setDescription(description)
        .setReason(reason)
        .build();
  }

  /** The reason of ErrorInfo. */
  public String reason() {
    return reason;
  }

  /** Every field that is wrong. */
  public List<FieldViolation> violations() {
    return violations;
  }
}
