package io.tasklane.ingress.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A job as Bull spells it: {"name", "data", "queue", "opts": {"attempts", "backoff", "priority",
 * "jobId", "timeout"}}, times in milliseconds. {@code attempts n} is n; priority 1 goes first and
 * becomes 10, 2 becomes 9, and all from 10 on are 1. A delay belongs to the message.
 */
final class BullMessage {
  private BullMessage() {}

  static boolean is(ObjectNode object) {
    return object.has("name") && object.has("data") && !object.has("task_type");
  }

  static ObjectNode translate(ObjectNode bull) {
    ObjectNode rest = bull.deepCopy();
    ObjectNode task = JsonValue.NODES.objectNode();
    Spelling.move(rest, "name", task, "task_type");
    Spelling.move(rest, "data", task, "input");
    Spelling.move(rest, "queue", task, "queue");
    Optional<Fields> options = new Fields(rest, "").fields("opts");
    rest.remove("opts");
    options.ifPresent(given -> options(given, task));
    Spelling.requireEmpty(rest, "Bull");
    return task;
  }

  private static void options(Fields given, ObjectNode task) {
    ObjectNode rest = given.object();
    given
        .number("priority", 0, 2_097_152)
        .filter(priority -> priority > 0)
        .ifPresent(priority -> task.put("priority", Math.max(1, 11 - priority)));
    Optional<Integer> attempts = given.number("attempts", 1, 100);
    Optional<String> backoff = backoff(given);
    if (attempts.isPresent() || backoff.isPresent()) {
      ObjectNode policy = task.putObject("retry_policy");
      policy.put("maximum_attempts", attempts.orElse(1));
      backoff.ifPresent(first -> policy.put("initial_backoff", first));
    }
    given
        .number("timeout", 1, Integer.MAX_VALUE)
        .ifPresent(millis -> task.putObject("timeouts").put("attempt_timeout", seconds(millis)));
    Spelling.move(rest, "jobId", task, "task_id");
    for (String done : new String[] {"priority", "attempts", "backoff", "timeout"}) {
      rest.remove(done);
    }
    rest.remove(List.of("removeOnComplete", "removeOnFail", "timestamp"));
    Spelling.requireEmpty(rest, "Bull");
  }

  private static Optional<String> backoff(Fields given) {
    Optional<JsonNode> value = given.value("backoff");
    if (value.isPresent() && value.get().isObject()) {
      return new Fields((ObjectNode) value.get(), "opts.backoff.")
          .number("delay", 0, Integer.MAX_VALUE)
          .map(BullMessage::seconds);
    }
    return given.number("backoff", 0, Integer.MAX_VALUE).map(BullMessage::seconds);
  }

  private static String seconds(int millis) {
    return BigDecimal.valueOf(millis, 3).toPlainString() + "s";
  }
}
