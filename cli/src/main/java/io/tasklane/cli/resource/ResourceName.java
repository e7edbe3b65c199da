package io.tasklane.cli.resource;

/** A resource's name as people type it. */
final class ResourceName {
  private static final String COLLECTION = "resources/";

  private ResourceName() {}

  /** Completes "ai-turns" to "resources/ai-turns". */
  static String of(String given) {
    return given.startsWith(COLLECTION) ? given : COLLECTION + given;
  }

  /** Shortens "resources/ai-turns" to "ai-turns". */
  static String shortened(String name) {
    return name.startsWith(COLLECTION) ? name.substring(COLLECTION.length()) : name;
  }
}
