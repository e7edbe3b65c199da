package io.tasklane.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.tasklane.app.Refusal;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Checks inputs against the JSON Schema (2020-12) of their task type. */
final class InputSchemas {
  private static final String FIELD = "task.input";
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

  /**
   * Checks.
   *
   * @throws Refusal INPUT_SCHEMA, with every fault and where it is
   */
  void check(TaskType type, Payload input) {
    if (type.inputSchema().isEmpty()) {
      return;
    }
    if (!input.isJson()) {
      throw refusal(type, "it is " + input.contentType() + ", and must be " + Payload.JSON);
    }
    Set<ValidationMessage> faults =
        schemas
            .computeIfAbsent(type.name(), n -> factory.getSchema(type.inputSchema()))
            .validate(read(type, input));
    if (!faults.isEmpty()) {
      throw refusal(
          type,
          faults.stream().map(ValidationMessage::getMessage).collect(Collectors.joining("; ")));
    }
  }

  private JsonNode read(TaskType type, Payload input) {
    try {
      JsonNode node = mapper.readTree(input.text());
      if (!node.isMissingNode()) {
        return node;
      }
    } catch (JsonProcessingException malformed) {
      throw refusal(type, "it is not JSON: " + malformed.getOriginalMessage());
    }
    throw refusal(type, "it is empty, and must be JSON");
  }

  private static Refusal refusal(TaskType type, String fault) {
    return Refusal.invalid(
        "INPUT_SCHEMA", FIELD, "input does not fit the schema of " + type.name() + ": " + fault);
  }
}
