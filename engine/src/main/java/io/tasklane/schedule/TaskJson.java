package io.tasklane.schedule;

import io.tasklane.database.JsonMakers;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.row.JsonColumns;
import io.tasklane.timeout.RequestedTimeouts;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The task that a schedule creates as JSON text, as rows have it: what the client asked for,
 * without the defaults of its queue and type, which count when it runs. A member is never renamed.
 */
final class TaskJson {
  private static final String RETRY = "retry_policy";
  private static final String ORDERING_KEY = "ordering_key";
  private static final String RESULT_TTL = "result_ttl";

  private TaskJson() {}

  static String write(TaskRequest task) {
    JsonObjectBuilder json =
        object()
            .add("queue", task.queue())
            .add("task_type", task.taskType())
            .add("content_type", task.input().contentType())
            .add("input", Base64.getEncoder().encodeToString(task.input().body()))
            .add("priority", task.priority().value())
            .add("timeouts", timeouts(task.timeouts()))
            .add("preemptible", task.rules().preemptible());
    task.retryPolicy().ifPresent(policy -> json.add(RETRY, retry(policy)));
    task.resultTtl().ifPresent(ttl -> json.add(RESULT_TTL, ttl.toString()));
    task.rules().orderingKey().ifPresent(key -> json.add(ORDERING_KEY, key));
    JsonObjectBuilder labels = object();
    task.labels().forEach(labels::add);
    JsonObjectBuilder units = object();
    task.rules().resourceUnits().forEach(units::add);
    return json.add("labels", labels).add("resource_units", units).build().toString();
  }

  /** Reads what {@link #write} wrote. */
  static TaskRequest read(String text) {
    JsonObject json = JsonColumns.object(text);
    return new TaskRequest(
        Optional.empty(),
        json.getString("queue"),
        json.getString("task_type"),
        new Payload(
            json.getString("content_type"), Base64.getDecoder().decode(json.getString("input"))),
        new Priority(json.getInt("priority")),
        Optional.ofNullable(json.getJsonObject(RETRY)).map(TaskJson::retry),
        timeouts(json.getJsonObject("timeouts")),
        duration(json, RESULT_TTL),
        map(json.getJsonObject("labels"), value -> ((JsonString) value).getString()),
        StartConditions.NONE,
        Optional.empty(),
        new RunRules(
            Optional.ofNullable(json.getString(ORDERING_KEY, null)),
            map(json.getJsonObject("resource_units"), value -> ((JsonNumber) value).intValue()),
            json.getBoolean("preemptible")));
  }

  private static JsonObjectBuilder retry(RetryPolicy policy) {
    JsonArrayBuilder codes = JsonMakers.BUILDERS.createArrayBuilder();
    policy.permanentErrorCodes().forEach(codes::add);
    return object()
        .add("maximum_attempts", policy.maximumAttempts())
        .add("initial_backoff", policy.initialBackoff().toString())
        .add("multiplier", policy.multiplier())
        .add("maximum_backoff", policy.maximumBackoff().toString())
        .add("jitter", policy.jitter())
        .add("permanent_error_codes", codes);
  }

  private static RetryPolicy retry(JsonObject json) {
    return new RetryPolicy(
        json.getInt("maximum_attempts"),
        Duration.parse(json.getString("initial_backoff")),
        json.getJsonNumber("multiplier").doubleValue(),
        Duration.parse(json.getString("maximum_backoff")),
        json.getJsonNumber("jitter").doubleValue(),
        json.getJsonArray("permanent_error_codes").getValuesAs(JsonString::getString));
  }

  private static JsonObjectBuilder timeouts(RequestedTimeouts timeouts) {
    JsonObjectBuilder json = object();
    timeouts.attempt().ifPresent(limit -> json.add("attempt", limit.toString()));
    timeouts.queue().ifPresent(limit -> json.add("queue", limit.toString()));
    timeouts.total().ifPresent(limit -> json.add("total", limit.toString()));
    timeouts.cancelGrace().ifPresent(grace -> json.add("cancel_grace", grace.toString()));
    return json;
  }

  private static RequestedTimeouts timeouts(JsonObject json) {
    return new RequestedTimeouts(
        duration(json, "attempt"),
        duration(json, "queue"),
        duration(json, "total"),
        duration(json, "cancel_grace"));
  }

  private static Optional<Duration> duration(JsonObject json, String member) {
    return Optional.ofNullable(json.getString(member, null)).map(Duration::parse);
  }

  private static <V> Map<String, V> map(JsonObject json, Function<JsonValue, V> value) {
    return json.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> value.apply(entry.getValue())));
  }

  private static JsonObjectBuilder object() {
    return JsonMakers.BUILDERS.createObjectBuilder();
  }
}
