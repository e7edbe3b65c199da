package io.tasklane.workflow.store;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.json.JsonValue;
import io.tasklane.task.Payload;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The inputs of a workflow as one JSON object. */
public final class WorkflowInputs {
  /** The most bytes of all inputs together. */
  static final long MAX_BYTES = 4L * 1024 * 1024;

  private WorkflowInputs() {}

  /**
   * The text of the object.
   *
   * @throws Refusal where one is no JSON, or all together are too large
   */
  public static String text(Map<String, Payload> inputs) {
    Map<String, Object> values = new TreeMap<>();
    long bytes = 0;
    for (Map.Entry<String, Payload> input : inputs.entrySet()) {
      values.put(input.getKey(), value(input.getKey(), input.getValue()));
      bytes += input.getValue().body().length;
    }
    if (bytes > MAX_BYTES) {
      throw Refusal.invalid(
          RefusalReason.PAYLOAD_TOO_LARGE,
          "inputs",
          bytes + " bytes of inputs are not allowed: at most " + MAX_BYTES + " together");
    }
    return JsonValue.write(values);
  }

  /** The inputs of an object that was written before. */
  public static Map<String, Payload> payloads(String text) {
    Map<String, Payload> inputs = new TreeMap<>();
    ((Map<?, ?>) JsonValue.stored(text))
        .forEach((name, value) -> inputs.put((String) name, payload(value)));
    return inputs;
  }

  /** A value as an input. */
  public static Payload payload(Object value) {
    return Payload.json(JsonValue.write(value));
  }

  private static Object value(String name, Payload input) {
    if (!input.isJson()) {
      throw notJson(name, "its content type is " + input.contentType());
    }
    try {
      return JsonValue.read(input.body());
    } catch (IOException malformed) {
      throw notJson(name, malformed.getMessage());
    }
  }

  private static Refusal notJson(String name, String why) {
    return Refusal.invalid(
        RefusalReason.INVALID_FIELD,
        "inputs[\"" + name + "\"]",
        "the input \"" + name + "\" is not allowed: inputs are JSON, and " + why);
  }
}
