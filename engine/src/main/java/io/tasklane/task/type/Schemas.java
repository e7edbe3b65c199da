package io.tasklane.task.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.resource.DisallowSchemaLoader;
import io.tasklane.commit.UserJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * JSON Schemas (2020-12) of inputs. They are whole in themselves: none is fetched from elsewhere.
 */
public final class Schemas {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(
          SpecVersion.VersionFlag.V202012,
          factory ->
              factory.schemaLoaders(
                  loaders -> loaders.values(all -> all.add(DisallowSchemaLoader.getInstance()))));

  private Schemas() {}

  /** The schema of this text. */
  public static JsonSchema compile(String text) {
    return FACTORY.getSchema(text);
  }

  /** Why this text is no JSON Schema; empty where it is one. */
  public static Optional<String> faultOf(String text) {
    try {
      JsonNode schema = UserJson.read(text.getBytes(StandardCharsets.UTF_8));
      if (!schema.isObject() && !schema.isBoolean()) {
        return Optional.of("it is no JSON object");
      }
      compile(text).initializeValidators();
      return Optional.empty();
    } catch (IOException malformed) {
      return Optional.of("it is no JSON object: " + malformed.getMessage());
    } catch (RuntimeException unknown) { // of the library, by keyword
      return Optional.of(String.valueOf(unknown.getMessage()));
    }
  }
}
