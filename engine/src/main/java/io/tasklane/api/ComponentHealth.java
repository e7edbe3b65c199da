package io.tasklane.api;

import java.util.Map;

/**
 * How one part of the system is.
 *
 * @param component such as "database", "broker", "grpc", "event-log", "node-lease", "queues",
 *     "handlers"
 * @param healthy whether it works
 * @param detail what was seen, for people; where it does not work, what is wrong and what to do
 * @param data the same as figures, by name; may be empty
 */
public record ComponentHealth(
    String component, boolean healthy, String detail, Map<String, String> data) {
  /** Keeps a copy of the data. */
  public ComponentHealth {
    data = Map.copyOf(data);
  }

  /** A part that works. */
  public static ComponentHealth fine(String component, String detail, Map<String, String> data) {
    return new ComponentHealth(component, true, detail, data);
  }

  /** A part that does not. */
  public static ComponentHealth broken(String component, String fault, Map<String, String> data) {
    return new ComponentHealth(component, false, fault, data);
  }
}
