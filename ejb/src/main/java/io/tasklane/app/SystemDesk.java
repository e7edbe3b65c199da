package io.tasklane.app;

import java.util.List;

/** Where the health of the parts is asked after. */
public class SystemDesk {
  /**
   * One part of the system.
   *
   * @param component such as "database", "broker", "event-log", "node-lease"
   * @param healthy whether it works
   * @param detail what was seen, for people
   */
  public record ComponentStatus(String component, boolean healthy, String detail) {}

  /** All parts, as they are now. */
  public List<ComponentStatus> status() {
    throw new IllegalStateException();
  }

  /** The last event revision readers can see. */
  public long revision() {
    throw new IllegalStateException();
  }
}
