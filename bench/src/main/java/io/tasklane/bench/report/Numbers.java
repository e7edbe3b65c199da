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
}
