package io.tasklane.workflow.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.AllowSchemaLoader;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.UserJson;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks the inputs of workflows against the JSON Schemas (2020-12) of their templates. */
public final class InputSchema {
  private static final String DRAFTS = "https://json-schema.org/draft/";

  /** What a schema refers to is in the schema itself: the server fetches nothing for its users. */
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V202012,
          builder ->
              builder
                  .enableSchemaCache(false)
                  .schemaLoaders(
                      loaders ->
                          loaders.add(
                              new AllowSchemaLoader(
                                  iri ->
                                      iri.toString().startsWith(DRAFTS)
                                          || iri.toString().startsWith("classpath:draft/")))));

  private static final JsonSchema OF_SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(SchemaLocation.of(SchemaId.V202012));

  private static final int MOST_KEPT = 256;

  /** Schemas by their text, the last ones used: each start of a workflow asks for one. */
  private static final Map<String, JsonSchema> COMPILED =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, JsonSchema> eldest) {
              return size() > MOST_KEPT;
            }
          });

  private InputSchema() {}

  /**
   * Checks that a text is a schema.
   *
   * @param text empty for none
   * @throws Refusal INVALID_FIELD
   */
  static void requireSchema(String text) {
    if (text.isEmpty()) {
      return;
    }
    JsonNode tree = tree(text);
    String faults = faults(OF_SCHEMAS.validate(tree));
    if (!faults.isEmpty()) {
      throw noSchema(faults);
    }
    try {
      FACTORY.getSchema(tree).initializeValidators();
    } catch (JsonSchemaException unusable) {
      throw noSchema(unusable.getMessage());
    }
  }

  private static JsonNode tree(String text) {
    try {
      return UserJson.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException malformed) {
      throw noSchema(malformed.getMessage());
    }
  }

  private static Refusal noSchema(String why) {
    return Refusal.invalid(
        RefusalReason.INVALID_FIELD,
        "workflow_template.input_schema",
        "input_schema is no JSON Schema: " + why);
  }

  /**
   * Checks all inputs of a workflow together.
   *
   * @param inputs a JSON object, as text
   * @throws Refusal INPUT_SCHEMA, with every fault and where it is
   */
  public static void check(WorkflowTemplate template, String inputs) {
    String schema = template.spec().inputSchema();
    if (schema.isEmpty()) {
      return;
    }
    JsonSchema compiled = COMPILED.computeIfAbsent(schema, text -> FACTORY.getSchema(tree(text)));
    String faults = faults(compiled.validate(tree(inputs)));
    if (!faults.isEmpty()) {
      throw Refusal.invalid(
          RefusalReason.INPUT_SCHEMA,
          "workflow.inputs",
          "the inputs do not fit the schema of " + template.reference() + ": " + faults);
    }
  }

  private static String faults(Collection<ValidationMessage> messages) {
    return messages.stream().map(ValidationMessage::getMessage).collect(Collectors.joining("; "));
  }
}
