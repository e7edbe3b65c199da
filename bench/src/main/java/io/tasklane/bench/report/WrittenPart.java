package io.tasklane.bench.report;

/**
 * The part of a page that is written by the report; the rest is left as it is.
 *
 * @param begin the line before it
 * @param end the line behind it
 */
record WrittenPart(String begin, String end) {
  /** The rows of all scenarios beside their limits and the peer. */
  static final WrittenPart COMPARISON =
      new WrittenPart("<!-- Written by tasklane bench report, from here -->", "<!-- to here. -->");

  /** What it costs that there is more of something. */
  static final WrittenPart GROWTH =
      new WrittenPart(
          "<!-- Growth: written by tasklane bench report, from here -->",
          "<!-- growth: to here. -->");

  /** How a fresh server becomes fast. */
  static final WrittenPart WARM_UP =
      new WrittenPart(
          "<!-- Warm-up: written by tasklane bench report, from here -->",
          "<!-- warm-up: to here. -->");

  /** The hot code of core. */
  static final WrittenPart HOT =
      new WrittenPart(
          "<!-- Hot code: written by tasklane bench report, from here -->",
          "<!-- hot code: to here. -->");

  /** The page with this part written anew, put in before the first section if new. */
  String into(String page, String text) {
    String part = begin + "\n" + text + end;
    int from = page.indexOf(begin);
    int to = page.indexOf(end);
    if (from >= 0 && to > from) {
      return page.substring(0, from) + part + page.substring(to + end.length());
    }
    if (from >= 0 || to >= 0) {
      throw new IllegalArgumentException(
          "one of the two marks of the generated part is missing: put back " + begin + end);
    }
    int section = page.indexOf("\n## ");
    int at = section < 0 ? page.length() : section + 1;
    return page.substring(0, at) + part + "\n\n" + page.substring(at);
  }
}
