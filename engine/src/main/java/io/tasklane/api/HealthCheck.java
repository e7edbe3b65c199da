package io.tasklane.api;

import java.util.Map;

/** Checks whether a component works. */
@FunctionalInterface
public interface HealthCheck {
  /**
   * Checks it; may take long, because it is called on a thread of its own.
   *
   * @return what was seen, by name in kebab-case
   * @throws Exception if the component does not work; its message is what operators read
   */
  Map<String, String> look() throws Exception;
}
