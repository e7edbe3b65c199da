package io.tasklane.grpc.call;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest.FieldViolation;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import java.util.List;

/**
 * Holds requests against the rules that stand beside the fields in the contract (protovalidate).
 */
public final class RequestCheck {
  private final Validator validator =
      ValidatorFactory.newBuilder()
          // The standard rules in plain Java: half the time of their CEL forms.
          .withConfig(Config.newBuilder().setEnableNativeRules(true).build())
          .build();

  /** The rules of a message are compiled when it is met first. */
  public RequestCheck() {}

  /**
   * Passes a request that keeps the rules.
   *
   * @throws InvalidRequest naming every field that does not; its reason is that of the first
   */
  public void check(Message request) {
    List<FieldViolation> broken =
        violations(request).stream()
            .map(violation -> RuleViolation.of(violation.toProto(), request))
            .toList();
    if (!broken.isEmpty()) {
      throw new InvalidRequest(broken.get(0).getReason(), broken);
    }
  }

  /** Compiles the rules of this message now, so that the first request need not wait for it. */
  public void prepare(Message request) {
    violations(request);
  }

  private List<Violation> violations(Message request) {
    try {
      return validator.validate(request).getViolations();
    } catch (ValidationException brokenContract) {
      throw new IllegalStateException(
          "the rules of " + request.getDescriptorForType().getFullName() + " do not compile",
          brokenContract);
    }
  }

  /** Whether a rule's id is a reason of its own: PAYLOAD_TOO_LARGE is, "string.pattern" is not. */
  static String reason(String ruleId) {
    return switch (ruleId) {
      case Reason.PAYLOAD_TOO_LARGE, Reason.FIELD_NOT_SERVED -> ruleId;
      default -> Reason.INVALID_FIELD;
    };
  }
}
