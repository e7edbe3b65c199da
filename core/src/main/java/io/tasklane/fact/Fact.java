package io.tasklane.fact;

import io.tasklane.condition.JsonValues;
import io.tasklane.naming.Identifier;
import io.tasklane.task.Actor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A named value, for example portfolio_synced = true.
 *
 * @param name final part of "facts/{fact}", an {@link Identifier}
 * @param value maps, lists, strings, booleans, numbers or null
 * @param expireTime from this moment on, to the microsecond, it is absent for every reader, removed
 *     or not; empty means never
 * @param actor who set it
 */
public record Fact(String name, Object value, Optional<Instant> expireTime, Actor actor) {
  /**
   * A fact whose name and value are allowed.
   *
   * @throws IllegalArgumentException if the name is not allowed, or JSON has no such value
   */
  public Fact {
    if (!Identifier.isValid(name)) {
      throw new IllegalArgumentException(
          "fact.name: \"" + name + "\" is not allowed: the name is " + Identifier.ALLOWED);
    }
    try {
      JsonValues.toCel(value);
    } catch (IllegalArgumentException notJson) {
      throw new IllegalArgumentException("fact.value: " + notJson.getMessage(), notJson);
    }
    expireTime = expireTime.map(time -> time.truncatedTo(ChronoUnit.MICROS));
  }

  /** Its value, if it is not absent now by the clock of the database. */
  public Optional<Fact> at(Instant now) {
    return expireTime.filter(time -> !now.isBefore(time)).isPresent()
        ? Optional.empty()
        : Optional.of(this);
  }

  /**
   * Refuses one that would be absent at once.
   *
   * @throws IllegalArgumentException if its expire time is not later than now
   */
  public void requireLaterThan(Instant now) {
    if (at(now).isEmpty()) {
      throw new IllegalArgumentException(
          "fact.expire_time: "
              + expireTime.orElseThrow()
              + " is not allowed: later than "
              + now
              + " is");
    }
  }
}
