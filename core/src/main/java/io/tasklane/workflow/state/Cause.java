package io.tasklane.workflow.state;

import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why a node or a workflow did not succeed.
 *
 * @param kind what Tasklane does about it
 * @param code machine-readable
 * @param message for people
 * @param actor who cancelled or rejected it; empty if nobody did
 */
public record Cause(Failure.Kind kind, String code, String message, Optional<Actor> actor) {
  /** A failure that would happen again. */
  public static Cause permanent(String code, String message) {
    return new Cause(Failure.Kind.PERMANENT, code, message, Optional.empty());
  }

  /** A time limit was reached. */
  public static Cause timeout(String code, String message) {
    return new Cause(Failure.Kind.TIMEOUT, code, message, Optional.empty());
  }

  /** Somebody cancelled it. */
  public static Cause cancelled(Actor actor) {
    return new Cause(
        Failure.Kind.CANCELLED,
        "CANCELLED",
        "cancelled by " + actor.principal(),
        Optional.of(actor));
  }

  /** Somebody rejected it. */
  public static Cause rejected(Actor actor) {
    String reason = actor.reason().isEmpty() ? "" : ": " + actor.reason();
    return new Cause(
        Failure.Kind.PERMANENT,
        "REJECTED",
        "rejected by " + actor.principal() + reason,
        Optional.of(actor));
  }

  /** Whether it was cancelled, and did not fail. */
  public boolean isCancel() {
    return kind == Failure.Kind.CANCELLED;
  }

  /** As the input of a branch for failures: kind, code and message. */
  public Map<String, Object> asInput() {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("kind", kind.name());
    input.put("code", code);
    input.put("message", message);
    return input;
  }
}
