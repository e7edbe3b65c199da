package io.tasklane.ingress.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.json.JsonValue;
import java.util.List;
import java.util.Map;

/**
 * A task as Celery spells it: {"task", "id", "kwargs", "priority", "max_retries", "eta", "expires",
 * "queue"}. {@code max_retries n} means n + 1 attempts; high, normal and low are 9, 5 and 2.
 */
final class CeleryMessage {
  private static final Map<String, Integer> WORDS = Map.of("high", 9, "normal", 5, "low", 2);

  /** What Celery adds for itself, and what says nothing to us. */
  private static final List<String> IGNORED =
      List.of(
          "retries", "utc", "lang", "root_id", "parent_id", "origin", "timelimit", "ignore_result");

  private CeleryMessage() {}

  static boolean is(ObjectNode object) {
    return object.has("task") && !object.has("task_type");
  }

  static ObjectNode translate(ObjectNode celery) {
    ObjectNode rest = celery.deepCopy();
    ObjectNode task = JsonValue.NODES.objectNode();
    Spelling.move(rest, "task", task, "task_type");
    Spelling.move(rest, "id", task, "task_id");
    Spelling.move(rest, "queue", task, "queue");
    Spelling.move(rest, "kwargs", task, "input");
    Spelling.move(rest, "eta", task, "run_after_time");
    Spelling.move(rest, "expires", task, "expire_time");
    Priorities.words(rest, task, WORDS);
    Attempts.ofRetries(rest, task);
    JsonNode positional = rest.remove("args");
    if (positional != null && !positional.isEmpty()) {
      throw InvalidMessageException.field("args", positional, "inputs have names: send kwargs");
    }
    rest.remove(IGNORED);
    Spelling.requireEmpty(rest, "Celery");
    return task;
  }
}
