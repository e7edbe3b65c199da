package io.tasklane.trigger;

import java.time.Instant;
import java.util.Map;

/**
 * An event as triggers see it.
 *
 * @param revision its own in the log
 * @param type such as "portfolio.updated"
 * @param time when it was published, by the clock of the database
 * @param variable as expressions see it: event_type, subject, data and so on
 * @param causation why it was published
 * @param size bytes of its data
 */
public record TriggerEvent(
    long revision,
    String type,
    Instant time,
    Map<String, Object> variable,
    CausationChain causation,
    long size) {
  /** An event with little data. */
  public TriggerEvent(
      long revision,
      String type,
      Instant time,
      Map<String, Object> variable,
      CausationChain causation) {
    this(revision, type, time, variable, causation, 0);
  }
}
