package io.tasklane.cli.schedule;

/** A schedule's name as people type it. */
final class ScheduleName {
  private static final String COLLECTION = "schedules/";

  private ScheduleName() {}

  /** Completes "eod" to "schedules/eod". */
  static String of(String given) {
    return given.startsWith(COLLECTION) ? given : COLLECTION + given;
  }

  /** Shortens "schedules/eod" to "eod". */
  static String shortened(String name) {
    return name.startsWith(COLLECTION) ? name.substring(COLLECTION.length()) : name;
  }
}
