package io.tasklane.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.tasklane.json.JsonValue;

/**
 * Where a reply goes.
 *
 * @param name of the queue or topic
 * @param topic whether it is a topic
 * @param temporary whether it may be gone for good
 * @param correlationId what the requester knows its request by; may be empty
 */
record ReplyAddress(String name, boolean topic, boolean temporary, String correlationId) {
  /** As rows have it. */
  String write() {
    return JsonValue.text(
        JsonValue.NODES
            .objectNode()
            .put("name", name)
            .put("topic", topic)
            .put("temporary", temporary)
            .put("correlation_id", correlationId));
  }

  /** Reads what {@link #write} wrote. */
  static ReplyAddress read(String text) {
    JsonNode object = JsonValue.tree(text);
    return new ReplyAddress(
        object.get("name").textValue(),
        object.get("topic").booleanValue(),
        object.get("temporary").booleanValue(),
        object.get("correlation_id").textValue());
  }
}
