package io.tasklane.workflow.execution;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.json.JsonValue;
import io.tasklane.naming.Labels;
import io.tasklane.task.Payload;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.TaskRequest;
import io.tasklane.workflow.decision.TaskStart;
import io.tasklane.workflow.decision.UnreadableOutputException;
import io.tasklane.workflow.decision.WorkflowReader;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The request for the task of a node: its literal input, overridden by what the node before it
 * left, overridden by what was computed. A literal input that is no JSON object stays as it is.
 */
final class TaskInputs {
  private static final int MAX_KEY = 256;

  private TaskInputs() {}

  /**
   * Puts the request together.
   *
   * @param reader resolves what is passed
   * @throws UnreadableOutputException where that cannot be read
   * @throws Refusal where a computed value is not allowed
   */
  static TaskRequest request(TaskStart start, WorkflowReader reader)
      throws UnreadableOutputException {
    TaskRequest literal = start.request();
    StartConditions conditions = literal.start();
    Optional<Instant> runAfter = start.runAfter();
    RunRules rules = literal.rules();
    Optional<String> key = start.orderingKey().map(TaskInputs::orderingKey);
    return new TaskRequest(
        literal.taskId(),
        literal.queue(),
        literal.taskType(),
        input(start, reader),
        start.priority(),
        literal.retryPolicy(),
        literal.timeouts(),
        literal.resultTtl(),
        labels(literal.labels(), start.labels()),
        runAfter.map(conditions::notBefore).orElse(conditions),
        literal.deduplicationKey(),
        new RunRules(key.or(rules::orderingKey), rules.resourceUnits(), rules.preemptible()));
  }

  private static Payload input(TaskStart start, WorkflowReader reader)
      throws UnreadableOutputException {
    Payload literal = start.request().input();
    if (start.passed().isEmpty() && start.input().isEmpty()) {
      return literal;
    }
    Optional<Map<String, Object>> object = object(literal);
    if (object.isEmpty()) {
      return literal;
    }
    Map<String, Object> input = object.get();
    if (start.passed().isPresent()) {
      input.put(TaskStart.PASSED_KEY, reader.value(start.passed().get(), Map.of()));
    }
    input.putAll(start.input());
    return Payload.json(JsonValue.write(input));
  }

  private static Optional<Map<String, Object>> object(Payload literal) {
    if (!literal.isJson()) {
      return Optional.empty();
    }
    try {
      if (JsonValue.read(literal.body()) instanceof Map<?, ?> members) {
        Map<String, Object> object = new LinkedHashMap<>();
        members.forEach((name, value) -> object.put((String) name, value));
        return Optional.of(object);
      }
      return Optional.empty();
    } catch (IOException malformed) {
      return Optional.empty(); // the creation of the task says what is wrong with it
    }
  }

  private static Map<String, String> labels(
      Map<String, String> literal, Map<String, String> computed) {
    if (computed.isEmpty()) {
      return literal;
    }
    Map<String, String> all = new LinkedHashMap<>(literal);
    computed.forEach(
        (name, value) -> {
          if (!Labels.isValue(value)) {
            throw notAllowed("labels[\"" + name + "\"]", Labels.VALUE_ALLOWED);
          }
          all.put(name, value);
        });
    if (all.size() > Labels.MAX_PAIRS) {
      throw notAllowed("labels", "at most " + Labels.MAX_PAIRS);
    }
    return all;
  }

  private static String orderingKey(String key) {
    if (key.length() > MAX_KEY || key.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw notAllowed(
          "ordering_key", "at most " + MAX_KEY + " characters without control characters");
    }
    return key;
  }

  private static Refusal notAllowed(String field, String allowed) {
    return Refusal.invalid(
        RefusalReason.INVALID_FIELD,
        "task." + field,
        "the computed " + field + " is not allowed: " + allowed);
  }
}
