package io.tasklane.cli.trigger;

/** Names as people type them. */
final class TriggerName {
  private static final String COLLECTION = "triggers/";
  private static final String TEMPLATES = "workflowTemplates/";

  private TriggerName() {}

  /** Completes "news" to "triggers/news". */
  static String of(String given) {
    return given.startsWith(COLLECTION) ? given : COLLECTION + given;
  }

  /** Shortens "triggers/news" to "news". */
  static String shortened(String name) {
    return name.startsWith(COLLECTION) ? name.substring(COLLECTION.length()) : name;
  }

  /** Completes "morning" to "workflowTemplates/morning". */
  static String ofTemplate(String given) {
    return given.startsWith(TEMPLATES) ? given : TEMPLATES + given;
  }
}
