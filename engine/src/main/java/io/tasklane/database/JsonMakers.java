package io.tasklane.database;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonReaderFactory;
import java.util.Map;

/**
 * Builders and readers of JSON, looked up once: the methods of {@link Json} search the class path
 * for a provider at every call, which in a server takes a millisecond.
 */
public final class JsonMakers {
  /** Makes objects and arrays. */
  public static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  /** Reads texts. */
  public static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  private JsonMakers() {}
}
