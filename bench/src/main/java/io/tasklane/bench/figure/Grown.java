package io.tasklane.bench.figure;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a measure is called that was taken while there were so many of something: "queues 1,000:
 * create rate". The report makes a table of each such thing.
 *
 * @param thing what there were more and more of, such as "queues"
 * @param count how many there were
 * @param quantity what was measured, such as "create rate"
 */
public record Grown(String thing, long count, String quantity) {
  private static final Pattern NAME = Pattern.compile("(\\D+) ([\\d,]+): (.+)");

  /** The name of the measure. */
  public String name() {
    return String.format(Locale.ROOT, "%s %,d: %s", thing, count, quantity);
  }

  /** What the name of a measure says; empty where it is no such name. */
  public static Optional<Grown> of(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches()
        ? Optional.of(
            new Grown(
                parts.group(1), Long.parseLong(parts.group(2).replace(",", "")), parts.group(3)))
        : Optional.empty();
  }
}
