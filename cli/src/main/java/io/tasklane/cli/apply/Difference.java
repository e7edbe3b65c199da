package io.tasklane.cli.apply;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, line by line; lines that are the same stand for the context. */
final class Difference {
  private static final int CONTEXT = 2;

  private Difference() {}

  /**
   * Lines with "-" before, with "+" after, and some of both around them; none if they are equal.
   */
  static List<String> of(List<String> before, List<String> after) {
    int[][] common = common(before, after);
    List<String> all = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        all.add("  " + before.get(i));
        i++;
        j++;
      } else if (j >= after.size() || i < before.size() && common[i + 1][j] >= common[i][j + 1]) {
        all.add("- " + before.get(i++));
      } else {
        all.add("+ " + after.get(j++));
      }
    }
    return aroundChanges(all);
  }

  /** How many lines the rests from i and j on have in common. */
  private static int[][] common(List<String> before, List<String> after) {
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] =
            before.get(i).equals(after.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  private static List<String> aroundChanges(List<String> all) {
    List<String> shown = new ArrayList<>();
    boolean isGap = false;
    for (int i = 0; i < all.size(); i++) {
      if (isNearChange(all, i)) {
        if (isGap && !shown.isEmpty()) {
          shown.add("  ...");
        }
        shown.add(all.get(i));
        isGap = false;
      } else {
        isGap = true;
      }
    }
    return shown;
  }

  private static boolean isNearChange(List<String> all, int place) {
    int from = Math.max(0, place - CONTEXT);
    int to = Math.min(all.size() - 1, place + CONTEXT);
    for (int i = from; i <= to; i++) {
      if (!all.get(i).startsWith(" ")) {
        return true;
      }
    }
    return false;
  }
}
