package io.tasklane.task.run;

import io.tasklane.commit.UserJson;
import io.tasklane.task.Payload;
import io.tasklane.task.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The rule for payloads that a run hands in: results, checkpoints, outcomes of effects. */
public final class RunPayloads {
  private RunPayloads() {}

  /** What is wrong with it; empty if it may be stored. */
  public static Optional<String> faultOf(Payload payload) {
    if (payload.body().length > Payload.MAX_BYTES) {
      return Optional.of(
          "it has " + payload.body().length + " bytes; at most " + Payload.MAX_BYTES);
    }
    if (payload.isJson()) {
      try {
        UserJson.require(payload.body());
      } catch (IOException fault) {
        return Optional.of(fault.getMessage());
      }
    }
    return Optional.empty();
  }

  /**
   * Passes details of progress.
   *
   * @throws IllegalArgumentException if they are too large, or no JSON object
   */
  static void requireDetails(String details) {
    byte[] body = details.getBytes(StandardCharsets.UTF_8);
    String fault = "";
    if (body.length > Progress.MAX_DETAILS) {
      fault = "they have " + body.length + " bytes; at most " + Progress.MAX_DETAILS;
    } else if (!details.isEmpty()) {
      try {
        fault = UserJson.read(body).isObject() ? "" : "they are no JSON object";
      } catch (IOException unreadable) {
        fault = unreadable.getMessage();
      }
    }
    if (!fault.isEmpty()) {
      throw new IllegalArgumentException("details of progress are not allowed: " + fault);
    }
  }

  /**
   * Passes a payload that may be stored.
   *
   * @param what it is, such as "a checkpoint"
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static void require(String what, Payload payload) {
    faultOf(payload)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(what + " is not allowed: " + fault);
            });
  }
}
