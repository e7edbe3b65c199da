package io.tasklane.bench.report;

import java.util.Locale;

/** Figures as people read them: no more digits than mean something. */
final class Numbers {
  private Numbers() {}

  static String text(double value) {
    double size = Math.abs(value);
    String format = "%,.0f";
    if (value != Math.rint(value) && size < 10) {
      format = "%,.2f";
    } else if (value != Math.rint(value) && size < 100) {
      format = "%,.1f";
    }
    return String.format(Locale.ROOT, format, value);
  }

  /** The median of all runs, and from where to where they went if there are several. */
  static String ofRuns(Row row) {
    String spread = " (" + text(row.least()) + " to " + text(row.most()) + ")";
    return "**" + text(row.tasklane()) + "**" + (row.runs() == 1 ? "" : spread);
  }
}
