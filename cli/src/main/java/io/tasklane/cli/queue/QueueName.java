package io.tasklane.cli.queue;

/** A queue's name as people type it. */
public final class QueueName {
  private static final String COLLECTION = "queues/";

  private QueueName() {}

  /**
   * Completes what was typed.
   *
   * @param given "AI_ANALYSIS" or "queues/AI_ANALYSIS"
   * @return the latter
   */
  public static String of(String given) {
    return given.startsWith(COLLECTION) ? given : COLLECTION + given;
  }

  /**
   * Shortens a name for a table.
   *
   * @param name "queues/AI_ANALYSIS"
   * @return "AI_ANALYSIS"
   */
  public static String shortened(String name) {
    return name.startsWith(COLLECTION) ? name.substring(COLLECTION.length()) : name;
  }
}
