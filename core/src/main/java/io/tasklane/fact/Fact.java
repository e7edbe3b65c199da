package io.tasklane.fact;

import io.tasklane.condition.JsonValues;
import io.tasklane.task.Actor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A named value, for example portfolio_synced = true.
 *
 * @param name final part of "facts/{fact}": a letter, then letters, digits, "_" and "-", at most 63
 * @param value maps, lists, strings, booleans, numbers or null
 * @param expireTime from this moment on, to the microsecond, it is absent for every reader, removed
 *     or not; empty means never
 * @param actor who set it
 */
public record Fact(String name, Object value, Optional<Instant> expireTime, Actor actor) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,62}");

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if the name is not allowed, or JSON has no such value
   */
  public Fact {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "fact.name: \""
              + name
              + "\" is not allowed: a letter, then letters, digits, \"_\" and \"-\" are, at most"
              + " 63");
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
