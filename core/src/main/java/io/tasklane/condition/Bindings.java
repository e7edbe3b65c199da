package io.tasklane.condition;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values of the variables for one evaluation. */
public final class Bindings {
  private final Map<Variable, Object> values = new EnumMap<>(Variable.class);
  private final Map<String, String> absences = new HashMap<>();

  /**
   * Adds the value of a variable.
   *
   * @param json as {@link JsonValues#toCel} takes it
   * @throws IllegalArgumentException as that throws it, with the name of the variable
   */
  public Bindings with(Variable variable, Object json) {
    try {
      values.put(variable, JsonValues.toCel(json));
    } catch (IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(
          variable.word() + ": " + unreadable.getMessage(), unreadable);
    }
    return this;
  }

  /** Adds the variables of others as they are, without converting them again. */
  public Bindings withAll(Bindings others) {
    values.putAll(others.values);
    absences.putAll(others.absences);
    return this;
  }

  /** Adds why a member of a variable is absent, for the message of an expression that reads it. */
  public Bindings absent(Variable variable, String name, String reason) {
    absences.put(variable.word() + "." + name, reason);
    return this;
  }

  /** By the names of the variables; those without a value are empty. */
  Map<String, Object> byName() {
    Map<String, Object> all = new HashMap<>();
    values.forEach((variable, value) -> all.put(variable.word(), value));
    return all;
  }

  Optional<String> whyAbsent(String path) {
    return Optional.ofNullable(absences.get(path));
  }
}
