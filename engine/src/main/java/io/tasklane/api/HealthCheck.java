package io.tasklane.api;

import java.util.Map;

/** Tries whether a part of the system works. */
@FunctionalInterface
public interface HealthCheck {
  /**
   * Tries it; may take long, because it is called on a thread of its own.
   *
   * @return what was seen, by name in kebab-case
   * @throws Exception where the part does not work; its message is what operators read
   */
  Map<String, String> look() throws Exception;
}
