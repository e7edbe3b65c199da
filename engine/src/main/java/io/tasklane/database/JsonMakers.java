package io.tasklane.database;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonReaderFactory;
import java.util.Map;

/**
 * Factories of JSON builders and readers, looked up once: the methods of {@link Json} search the
 * class path for a provider on every call, which takes a millisecond in a server.
 */
public final class JsonMakers {
  /** Builds objects and arrays. */
  public static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  /** Parses JSON texts. */
  public static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  private JsonMakers() {}
}
