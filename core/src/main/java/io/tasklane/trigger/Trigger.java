package io.tasklane.trigger;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A trigger as a user writes it.
 *
 * @param name final part of "triggers/{trigger}"
 * @param eventType exact type, or a prefix that ends in ".*"
 * @param condition CEL over event and facts that yields a boolean; empty matches every event of the
 *     type
 * @param template id of the template, with or without a version
 * @param inputs name of an input to CEL over events and facts
 * @param coalesceKey CEL over event; events with one key within the window are merged into one
 *     start; empty merges all events within the window
 * @param coalesceWindow from the first event on; zero merges nothing
 */
public record Trigger(
    String name,
    String eventType,
    Optional<String> condition,
    String template,
    Map<String, String> inputs,
    Optional<String> coalesceKey,
    Duration coalesceWindow) {
  /** Copies the inputs. */
  public Trigger {
    inputs = Map.copyOf(inputs);
  }
}
