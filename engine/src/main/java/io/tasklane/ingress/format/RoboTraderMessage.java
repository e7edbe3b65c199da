package io.tasklane.ingress.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.json.JsonValue;
import java.util.Locale;
import java.util.Map;

/**
 * A task as robo-trader spells it: {"task_type", "queue_name", "payload", "priority",
 * "max_retries", "timeout_seconds"}, types and queues in either case. {@code max_retries n} means n
 * + 1 attempts; priorities are numbers or CRITICAL, HIGH, NORMAL, LOW and BACKGROUND.
 */
final class RoboTraderMessage {
  private static final Map<String, Integer> WORDS =
      Map.of("critical", 10, "high", 7, "normal", 5, "medium", 5, "low", 3, "background", 1);

  private RoboTraderMessage() {}

  static boolean is(ObjectNode object) {
    return object.has("task_type")
        && (object.has("payload")
            || object.has("queue_name")
            || object.has("max_retries")
            || object.path("priority").isTextual());
  }

  static ObjectNode translate(ObjectNode robo) {
    ObjectNode rest = robo.deepCopy();
    ObjectNode task = JsonValue.NODES.objectNode();
    task.put("task_type", rest.remove("task_type").asText().toLowerCase(Locale.ROOT));
    Spelling.move(rest, "task_id", task, "task_id");
    Spelling.move(rest, "queue", task, "queue");
    Spelling.move(rest, "queue_name", task, "queue");
    if (task.path("queue").isTextual()) {
      task.put("queue", task.get("queue").textValue().toUpperCase(Locale.ROOT));
    }
    Spelling.move(rest, "payload", task, "input");
    Priorities.words(rest, task, WORDS);
    Attempts.ofRetries(rest, task);
    JsonNode seconds = rest.remove("timeout_seconds");
    if (seconds != null && !seconds.isNull()) {
      task.putObject("timeouts").set("attempt_timeout", seconds);
    }
    Spelling.requireEmpty(rest, "robo-trader");
    return task;
  }
}
