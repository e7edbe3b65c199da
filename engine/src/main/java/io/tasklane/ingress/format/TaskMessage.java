package io.tasklane.ingress.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tasklane.json.JsonValue;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.TaskRequest;
import io.tasklane.timeout.RequestedTimeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a body as a task: an object with the names of the contract's Task, in either spelling
 * ("task_type" or "taskType"), or in that of a neighbour. Where the body and the headers both say
 * something, the body decides.
 */
public final class TaskMessage {
  private static final String QUEUES = "queues/";

  /** Names of its fields. */
  static final Set<String> KNOWN =
      Set.of(
          "task_id",
          "queue",
          "task_type",
          "input",
          "priority",
          "retry_policy",
          "timeouts",
          "result_ttl",
          "labels",
          "run_after_time",
          "expire_time",
          "ordering_key",
          "deduplication_key",
          "preemptible");

  private final Fields fields;
  private final MessageHeaders headers;
  private final Function<String, Optional<String>> queueOfType;

  private TaskMessage(
      Fields fields, MessageHeaders headers, Function<String, Optional<String>> queueOfType) {
    this.fields = fields;
    this.headers = headers;
    this.queueOfType = queueOfType;
  }

  /**
   * The task that a message asks for.
   *
   * @param queueOfType the only queue that accepts a task type; empty if there are several
   * @param now to tell whether a delivery time lies ahead
   * @throws InvalidMessageException naming what is missing or wrong
   */
  public static TaskRequest read(
      JsonNode body,
      MessageHeaders headers,
      Function<String, Optional<String>> queueOfType,
      Instant now) {
    if (headers.taskType().isPresent()) {
      ObjectNode whole = JsonValue.NODES.objectNode();
      whole.put("task_type", headers.taskType().get());
      whole.set("input", body);
      return new TaskMessage(new Fields(whole, ""), headers, queueOfType).request(now);
    }
    if (!(body instanceof ObjectNode object)) {
      throw new InvalidMessageException(
          "INVALID_BODY", "the body is no JSON object, and the property task_type is not set");
    }
    Fields fields = new Fields(translated(object), "");
    fields.requireKnown(KNOWN);
    return new TaskMessage(fields, headers, queueOfType).request(now);
  }

  private static ObjectNode translated(ObjectNode object) {
    if (BullMessage.is(object)) {
      return BullMessage.translate(object);
    }
    if (CeleryMessage.is(object)) {
      return CeleryMessage.translate(object);
    }
    return RoboTraderMessage.is(object)
        ? RoboTraderMessage.translate(object)
        : Spelling.underscored(object);
  }

  private TaskRequest request(Instant now) {
    String type =
        fields
            .text("task_type")
            .orElseThrow(
                () -> new InvalidMessageException("INVALID_FIELD", "task_type is missing"));
    return new TaskRequest(
        fields.text("task_id"),
        queue(type),
        type,
        Payload.json(JsonValue.text(fields.value("input").orElse(JsonValue.NODES.objectNode()))),
        new Priority(fields.number("priority", 1, 10).orElse(headers.priority() + 1)),
        retry(),
        timeouts(),
        fields.span("result_ttl"),
        labels(),
        start(now),
        fields.key("deduplication_key"),
        new RunRules(orderingKey(), Map.of(), isPreemptible()));
  }

  private String queue(String type) {
    Optional<String> named = fields.text("queue").or(headers::queue);
    if (named.isPresent()) {
      String name = named.get();
      return name.startsWith(QUEUES) ? name.substring(QUEUES.length()) : name;
    }
    return queueOfType
        .apply(type)
        .orElseThrow(
            () ->
                new InvalidMessageException(
                    "INVALID_FIELD",
                    "queue is missing: task type \""
                        + type
                        + "\" does not run in one queue alone"));
  }

  private Optional<RetryPolicy> retry() {
    Optional<Fields> policy = fields.fields("retry_policy");
    if (policy.isEmpty()) {
      return Optional.empty();
    }
    policy.get().requireKnown(Set.of("maximum_attempts", "initial_backoff", "maximum_backoff"));
    RetryPolicy base =
        RetryPolicy.attempts(policy.get().number("maximum_attempts", 1, 100).orElse(4));
    Duration first = policy.get().span("initial_backoff").orElse(base.initialBackoff());
    Duration most = policy.get().span("maximum_backoff").orElse(base.maximumBackoff());
    try {
      return Optional.of(
          new RetryPolicy(base.maximumAttempts(), first, base.multiplier(), most, 0, List.of()));
    } catch (IllegalArgumentException wrong) {
      throw new InvalidMessageException("INVALID_FIELD", "retry_policy: " + wrong.getMessage());
    }
  }

  private RequestedTimeouts timeouts() {
    Optional<Fields> limits = fields.fields("timeouts");
    if (limits.isEmpty()) {
      return RequestedTimeouts.NONE;
    }
    limits
        .get()
        .requireKnown(Set.of("attempt_timeout", "queue_timeout", "total_timeout", "cancel_grace"));
    return new RequestedTimeouts(
        limits.get().span("attempt_timeout"),
        limits.get().span("queue_timeout"),
        limits.get().span("total_timeout"),
        limits.get().span("cancel_grace"));
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    fields
        .fields("labels")
        .ifPresent(
            given ->
                given
                    .object()
                    .fieldNames()
                    .forEachRemaining(name -> labels.put(name, given.text(name).orElse(""))));
    return labels;
  }

  private StartConditions start(Instant now) {
    Optional<Instant> delivery = headers.deliveryTime().filter(now::isBefore);
    return new StartConditions(
        List.of(),
        fields.time("run_after_time").or(() -> delivery),
        fields.time("expire_time").or(headers::expiration));
  }

  private Optional<String> orderingKey() {
    return fields
        .key("ordering_key")
        .or(() -> headers.group().map(group -> Fields.requireKey("JMSXGroupID", group)));
  }

  private boolean isPreemptible() {
    Optional<JsonNode> value = fields.value("preemptible");
    if (value.isPresent() && !value.get().isBoolean()) {
      throw fields.wrong("preemptible", value.get(), "true or false");
    }
    return value.map(JsonNode::booleanValue).orElse(false);
  }
}
