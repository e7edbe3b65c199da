package io.tasklane.web.metrics;

import java.util.HashSet;
import java.util.Set;

/** Leaves each series of a page of metrics, and each line about one, where it stands first. */
final class SeriesOnce {
  private SeriesOnce() {}

  /** The page without what it repeats. */
  static String of(String page) {
    Set<String> seen = new HashSet<>();
    StringBuilder once = new StringBuilder(page.length());
    page.lines()
        .filter(line -> line.isEmpty() || seen.add(identity(line)))
        .forEach(line -> once.append(line).append('\n'));
    return once.toString();
  }

  /** The name and labels of a series, whose value may have changed; a comment as it is. */
  private static String identity(String line) {
    if (line.startsWith("#")) {
      return line;
    }
    int labels = line.lastIndexOf('}');
    int value = line.indexOf(' ', Math.max(0, labels));
    return value < 0 ? line : line.substring(0, value);
  }
}
