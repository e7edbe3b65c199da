package io.tasklane.filter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects what a filter says about single fields, each once: texts by =, times by their bounds.
 */
final class Conditions {
  private final List<String> texts;
  private final List<String> times;
  private final String allowed;
  private final Map<String, String> values = new HashMap<>();
  private final Map<String, TimeRange> ranges = new HashMap<>();

  /**
   * Accepts these fields.
   *
   * @param texts compared with =
   * @param times compared with bounds
   * @param allowed all of them, as a refusal lists them
   */
  Conditions(List<String> texts, List<String> times, String allowed) {
    this.texts = texts;
    this.times = times;
    this.allowed = allowed;
  }

  /**
   * Adds a comparison.
   *
   * @throws FilterException if the field is not one of them, or is compared again
   */
  void read(Comparison comparison) {
    String field = comparison.field();
    if (times.contains(field)) {
      ranges.put(field, time(field).narrowedBy(comparison));
    } else if (texts.contains(field)) {
      keep(comparison, FilterValues.text(requireEquals(comparison)), values);
    } else {
      throw new FilterException(
          comparison.position(), "\"" + field + "\" is not allowed here: " + allowed + " are");
    }
  }

  /** Stores the value that a field must be equal to. */
  static void keep(Comparison comparison, String value, Map<String, String> values) {
    if (values.put(comparison.field(), value) != null) {
      throw comparison.twice();
    }
  }

  static Comparison requireEquals(Comparison comparison) {
    if (comparison.operator() != Operator.EQUALS) {
      throw comparison.takesOnly("=");
    }
    return comparison;
  }

  /** The value that this field must be equal to. */
  Optional<String> text(String field) {
    return Optional.ofNullable(values.get(field));
  }

  /** The range that this field must be in. */
  TimeRange time(String field) {
    return ranges.getOrDefault(field, TimeRange.ALWAYS);
  }
}
