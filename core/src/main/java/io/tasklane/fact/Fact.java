package io.tasklane.fact;

import io.tasklane.condition.JsonValues;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A named value that conditions read as {@code facts.NAME}, for example portfolio_synced = true.
 * Its numbers are doubles, whoever sets it, because that is what the wire can carry: so every
 * reader sees the same number.
 *
 * @param name final part of "facts/{fact}": a letter or "_", then letters, digits and "_", at most
 *     63 characters
 * @param value maps with strings as keys, lists, strings, booleans, numbers or null; a whole number
 *     of up to 2^53 is a Long here, any other number a Double
 * @param expireTime from this moment on, to the microsecond, it is absent for every reader, removed
 *     or not; empty means never
 */
public record Fact(String name, Object value, Optional<Instant> expireTime) {
  /** The most bytes of a value as JSON: 64 KiB. */
  public static final int MAX_BYTES = 64 * 1024;

  /** The most facts that one run may set. */
  public static final int MOST_AT_ONCE = 100;

  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,62}");

  /** Up to here a double is exact. */
  private static final double EXACT = 1L << 53;

  /**
   * A fact whose name and value are allowed.
   *
   * @throws IllegalArgumentException if the name is not allowed, or JSON has no such value
   */
  public Fact {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "fact.name: \""
              + name
              + "\" is not allowed: a letter or \"_\", then letters, digits and \"_\", at most 63"
              + " characters");
    }
    try {
      JsonValues.toCel(value);
    } catch (IllegalArgumentException notJson) {
      throw new IllegalArgumentException("fact.value: " + notJson.getMessage(), notJson);
    }
    value = canonical(value);
    expireTime = expireTime.map(time -> time.truncatedTo(ChronoUnit.MICROS));
  }

  /** A fact that does not expire. */
  public static Fact of(String name, Object value) {
    return new Fact(name, value, Optional.empty());
  }

  /** The same until this time. */
  public Fact until(Instant time) {
    return new Fact(name, value, Optional.of(time));
  }

  /** This, if it is not absent now by the clock of the database. */
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

  private static Object canonical(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> members = new LinkedHashMap<>();
      map.forEach((key, member) -> members.put((String) key, canonical(member)));
      return Collections.unmodifiableMap(members);
    }
    if (value instanceof List<?> list) {
      List<Object> elements = new ArrayList<>(list.size());
      list.forEach(element -> elements.add(canonical(element)));
      return Collections.unmodifiableList(elements);
    }
    return value instanceof Number number ? canonical(number.doubleValue()) : value;
  }

  private static Object canonical(double number) {
    if (number == Math.rint(number) && Math.abs(number) <= EXACT) {
      return (Object) (long) number;
    }
    return number;
  }
}
