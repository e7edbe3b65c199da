package io.tasklane.cli.task;

import java.util.ArrayList;
import java.util.List;

/**
 * The log of one run, of which only the last lines are there: what was not there before comes after
 * the longest end of the old lines with which the new ones begin.
 */
final class LogLines {
  private List<String> before = List.of();

  /** The lines that are new in this log. */
  List<String> more(String log) {
    List<String> now = log.lines().toList();
    if (now.isEmpty()) {
      return List.of();
    }
    int same = Math.min(before.size(), now.size());
    while (same > 0 && !endsWith(before, now.subList(0, same))) {
      same--;
    }
    before = new ArrayList<>(now);
    return now.subList(same, now.size());
  }

  private static boolean endsWith(List<String> lines, List<String> end) {
    return lines.subList(lines.size() - end.size(), lines.size()).equals(end);
  }
}
