package io.tasklane.schedule.stored;

import io.tasklane.schedule.calendar.MarketCalendar;

/**
 * A calendar with its version.
 *
 * @param calendar as it holds
 * @param version grows by one with every change; 0 for one that comes with the server and was never
 *     changed
 */
public record StoredCalendar(MarketCalendar calendar, int version) {
  /** "calendars/{calendar}". */
  public String name() {
    return "calendars/" + calendar.name();
  }

  /** The entity tag of this version; empty for one that comes with the server. */
  public String etag() {
    return isBuiltIn() ? "" : "\"" + version + "\"";
  }

  /** Whether it comes with the server and was never changed. */
  public boolean isBuiltIn() {
    return version == 0;
  }
}
