package io.tasklane.cli.calendar;

/** A calendar's name as people type it. */
public final class CalendarName {
  private static final String COLLECTION = "calendars/";

  private CalendarName() {}

  /** Completes "XNYS" to "calendars/XNYS". */
  public static String of(String given) {
    return given.startsWith(COLLECTION) ? given : COLLECTION + given;
  }

  /** Shortens "calendars/XNYS" to "XNYS". */
  static String shortened(String name) {
    return name.startsWith(COLLECTION) ? name.substring(COLLECTION.length()) : name;
  }
}
