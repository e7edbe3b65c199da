package io.tasklane.client.worker;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonSyntaxException;
import io.tasklane.v1.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param value what the handler returned, of COMPLETED
 * @param error what it threw, otherwise
 */
record Outcome(Kind kind, Object value, Throwable error) {
  private static final int MESSAGE_LIMIT = 16 * 1024;
  private static final int TRACE_LIMIT = 64 * 1024;

  enum Kind {
    COMPLETED,
    FAILED,
    RELEASED,
    SUSPENDED,
    LOST
  }

  /** Runs a handler, and says how that ended. */
  static Outcome of(Handler handler, Run run) {
    try {
      return new Outcome(Kind.COMPLETED, handler.handle(json(run), run), null);
    } catch (SuspendedException suspended) {
      return new Outcome(Kind.SUSPENDED, null, suspended);
    } catch (Exception | Error error) {
      return new Outcome(kind(error, run.stop()), null, error);
    }
  }

  private static JsonElement json(Run run) {
    String type = run.task().getInput().getContentType();
    if (!type.isEmpty() && !type.equals("application/json")) {
      return null;
    }
    try {
      JsonElement input = run.input(JsonElement.class);
      return input == null || input.isJsonNull() ? new JsonObject() : input;
    } catch (JsonSyntaxException e) {
      throw TaskException.permanent("INPUT_INVALID", e.getMessage());
    }
  }

  private static Kind kind(Throwable error, Optional<StopReason> stop) {
    boolean gaveWay = error instanceof StoppedException || error instanceof InterruptedException;
    return switch (stop.orElse(StopReason.CANCEL)) {
      case LOST -> Kind.LOST;
      case PREEMPT, DRAIN -> gaveWay ? Kind.RELEASED : Kind.FAILED;
      default -> Kind.FAILED;
    };
  }

  /** The failure of an error, cut to its limits. */
  static Failure described(Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace));
    Failure.Builder failure = Failure.newBuilder().setKind(Failure.Kind.KIND_RETRYABLE);
    if (error instanceof TaskException chosen) {
      failure
          .setCode(chosen.code())
          .setMessage(cut(String.valueOf(error.getMessage()), MESSAGE_LIMIT));
      if (chosen.isPermanent()) {
        failure.setKind(Failure.Kind.KIND_PERMANENT);
      }
    } else {
      String code = error instanceof StoppedException ? "STOPPED" : "UNEXPECTED";
      failure.setCode(code).setMessage(cut(error.toString(), MESSAGE_LIMIT));
    }
    return failure.setStackTrace(cut(trace.toString(), TRACE_LIMIT)).build();
  }

  private static String cut(String text, int bytes) {
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    if (all.length <= bytes) {
      return text;
    }
    // A character that is cut through reads as a replacement character, which is left out.
    return new String(all, 0, bytes, StandardCharsets.UTF_8).replaceFirst("\uFFFD$", "");
  }
}
