package io.tasklane.task.create;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.UserJson;
import io.tasklane.task.Payload;
import io.tasklane.task.TaskType;
import io.tasklane.task.type.Schemas;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Checks inputs against the JSON Schema (2020-12) of their task type. */
final class InputSchemas {
  private static final String FIELD = "task.input";
  private final ObjectMapper mapper =
      new ObjectMapper(UserJson.FACTORY).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** By their texts, since a later revision of a type has another. */
  private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

  /**
   * Checks an input. An input that claims to be JSON has to be JSON, whether its type has a schema
   * or not.
   *
   * @param handedOver keys that outputs of needed tasks will be put under before the start, so that
   *     they may be missing now
   * @return the time limit that the input itself asks for in timeout_seconds, where the schema of
   *     its type permits that key
   * @throws Refusal INPUT_SCHEMA, with every fault and where it is
   */
  Optional<Duration> check(TaskType type, Payload input, Set<String> handedOver) {
    if (!input.isJson()) {
      if (type.inputSchema().isEmpty()) {
        return Optional.empty();
      }
      String what =
          input.reference().isPresent()
              ? "it is a reference, whose bytes are not looked into, and must be inline "
              : "it is " + input.contentType() + ", and must be ";
      throw refusal(type, what + Payload.JSON);
    }
    JsonNode json = read(type, input);
    if (type.inputSchema().isEmpty()) {
      return Optional.empty();
    }
    List<ValidationMessage> faults =
        schemas.computeIfAbsent(type.inputSchema(), Schemas::compile).validate(json).stream()
            .filter(fault -> !comesLater(fault, handedOver))
            .toList();
    if (!faults.isEmpty()) {
      throw refusal(
          type,
          faults.stream().map(ValidationMessage::getMessage).collect(Collectors.joining("; ")));
    }
    return Optional.ofNullable(json.get("timeout_seconds"))
        .map(seconds -> Duration.ofSeconds(seconds.longValue()));
  }

  /** Whether the only fault is a missing key of the input that will be added later. */
  private static boolean comesLater(ValidationMessage fault, Set<String> handedOver) {
    return "required".equals(fault.getType())
        && "$".equals(fault.getInstanceLocation().toString())
        && handedOver.contains(fault.getProperty());
  }

  private JsonNode read(TaskType type, Payload input) {
    try {
      UserJson.require(input.body());
      return mapper.readTree(input.body());
    } catch (IOException malformed) {
      throw refusal(type, malformed.getMessage());
    }
  }

  private static Refusal refusal(TaskType type, String fault) {
    return refusal(type.name(), fault);
  }

  /** The refusal of an input of this task type. */
  static Refusal refusal(String taskType, String fault) {
    return Refusal.invalid(
        RefusalReason.INPUT_SCHEMA,
        FIELD,
        "input does not fit the schema of " + taskType + ": " + fault);
  }
}
