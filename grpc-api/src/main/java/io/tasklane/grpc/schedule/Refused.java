package io.tasklane.grpc.schedule;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.grpc.error.InvalidRequest;
import java.util.function.Supplier;

/** What is wrong with a request, in the form in which a command may say it. */
final class Refused {
  private Refused() {}

  /**
   * A value, or a refusal in the place of an invalid request.
   *
   * @throws Refusal INVALID_ARGUMENT: INVALID_FIELD, with the first field that is wrong
   */
  static <T> T instead(Supplier<T> value) {
    try {
      return value.get();
    } catch (InvalidRequest wrong) {
      throw Refusal.invalid(
          RefusalReason.INVALID_FIELD,
          wrong.violations().get(0).getField(),
          wrong.violations().get(0).getDescription());
    }
  }
}
