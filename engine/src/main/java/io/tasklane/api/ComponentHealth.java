package io.tasklane.api;

import java.util.Map;

/**
 * The health of one component.
 *
 * @param component such as "database", "broker", "grpc", "event-log", "node-lease", "queues",
 *     "handlers"
 * @param healthy whether it works
 * @param detail what was seen, for people; if it does not work, what is wrong and what to do
 * @param data the same as figures, by name; may be empty
 */
public record ComponentHealth(
    String component, boolean healthy, String detail, Map<String, String> data) {
  /** Copies the data. */
  public ComponentHealth {
    data = Map.copyOf(data);
  }

  /** A component that works. */
  public static ComponentHealth fine(String component, String detail, Map<String, String> data) {
    return new ComponentHealth(component, true, detail, data);
  }

  /** A component that does not work. */
  public static ComponentHealth broken(String component, String fault, Map<String, String> data) {
    return new ComponentHealth(component, false, fault, data);
  }
}
