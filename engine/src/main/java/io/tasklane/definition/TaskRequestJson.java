package io.tasklane.definition;

import static io.tasklane.definition.DefinitionReader.duration;
import static io.tasklane.definition.DefinitionReader.text;
import static io.tasklane.definition.DefinitionReader.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.json.JsonValue;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.TaskRequest;
import io.tasklane.timeout.RequestedTimeouts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Requests for tasks as they stand in stored definitions; without a task id and a priority. */
public final class TaskRequestJson {
  private TaskRequestJson() {}

  /** A request as text. */
  public static String stored(TaskRequest request) {
    return JsonValue.text(write(request));
  }

  /** The request that was written so. */
  public static TaskRequest read(String text) {
    return read(JsonValue.tree(text));
  }

  static ObjectNode write(TaskRequest request) {
    ObjectNode object = JsonValue.NODES.objectNode();
    object.put("queue", request.queue());
    object.put("task_type", request.taskType());
    object.put("input_type", request.input().contentType());
    object.put("input", request.input().body());
    request.retryPolicy().ifPresent(policy -> object.set("retry", retry(policy)));
    RequestedTimeouts limits = request.timeouts();
    put(object, "attempt_timeout", limits.attempt());
    put(object, "queue_timeout", limits.queue());
    put(object, "total_timeout", limits.total());
    put(object, "cancel_grace", limits.cancelGrace());
    put(object, "result_ttl", request.resultTtl());
    object.set("labels", DefinitionWriter.texts(request.labels()));
    start(object, request.start());
    put(object, "deduplication_key", request.deduplicationKey());
    put(object, "ordering_key", request.rules().orderingKey());
    ObjectNode units = object.putObject("resource_units");
    new TreeMap<>(request.rules().resourceUnits()).forEach(units::put);
    object.put("preemptible", request.rules().preemptible());
    return object;
  }

  private static void put(ObjectNode object, String field, Optional<?> value) {
    value.ifPresent(present -> object.put(field, present.toString()));
  }

  private static void start(ObjectNode object, StartConditions start) {
    ArrayNode needs = object.putArray("dependencies");
    for (Dependency dependency : start.dependencies()) {
      ObjectNode need = needs.addObject();
      need.put("task", dependency.taskId());
      need.put("policy", dependency.policy().code());
      put(need, "input_key", dependency.inputKey());
    }
    put(object, "run_after", start.runAfter());
    put(object, "expire_time", start.expireTime());
  }

  private static ObjectNode retry(RetryPolicy policy) {
    ObjectNode object = JsonValue.NODES.objectNode();
    object.put("maximum_attempts", policy.maximumAttempts());
    object.put("initial_backoff", policy.initialBackoff().toString());
    object.put("multiplier", policy.multiplier());
    object.put("maximum_backoff", policy.maximumBackoff().toString());
    object.put("jitter", policy.jitter());
    ArrayNode codes = object.putArray("permanent_codes");
    policy.permanentErrorCodes().forEach(codes::add);
    return object;
  }

  static TaskRequest read(JsonNode object) {
    Map<String, Integer> units = new LinkedHashMap<>();
    JsonNode stored = object.get("resource_units");
    stored.fieldNames().forEachRemaining(name -> units.put(name, stored.get(name).intValue()));
    return new TaskRequest(
        Optional.empty(),
        object.get("queue").textValue(),
        object.get("task_type").textValue(),
        new Payload(object.get("input_type").textValue(), bytes(object.get("input"))),
        Priority.DEFAULT,
        Optional.ofNullable(object.get("retry")).map(TaskRequestJson::retry),
        new RequestedTimeouts(
            duration(object, "attempt_timeout"),
            duration(object, "queue_timeout"),
            duration(object, "total_timeout"),
            duration(object, "cancel_grace")),
        duration(object, "result_ttl"),
        texts(object.get("labels")),
        start(object),
        text(object, "deduplication_key"),
        new RunRules(
            text(object, "ordering_key"), units, object.get("preemptible").booleanValue()));
  }

  private static StartConditions start(JsonNode object) {
    List<Dependency> needs = new ArrayList<>();
    for (JsonNode need : object.get("dependencies")) {
      needs.add(
          new Dependency(
              need.get("task").textValue(),
              DependencyPolicy.of(need.get("policy").intValue()),
              text(need, "input_key")));
    }
    return new StartConditions(
        needs,
        text(object, "run_after").map(Instant::parse),
        text(object, "expire_time").map(Instant::parse));
  }

  private static RetryPolicy retry(JsonNode object) {
    List<String> codes = new ArrayList<>();
    object.get("permanent_codes").forEach(code -> codes.add(code.textValue()));
    return new RetryPolicy(
        object.get("maximum_attempts").intValue(),
        Duration.parse(object.get("initial_backoff").textValue()),
        object.get("multiplier").doubleValue(),
        Duration.parse(object.get("maximum_backoff").textValue()),
        object.get("jitter").doubleValue(),
        codes);
  }

  private static byte[] bytes(JsonNode text) {
    try {
      return text.binaryValue();
    } catch (IOException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
