package io.tasklane.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A picture in SVG that shapes are put on one after another. */
final class Drawing {
  private final int width;
  private final List<String> shapes = new ArrayList<>();

  /** An empty one, so wide. */
  Drawing(int width) {
    this.width = width;
  }

  void rectangle(double x, int y, double wide, int high, String colour) {
    add(
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
        x, y, Math.max(wide, 1), high, colour);
  }

  void line(double x1, double y1, double x2, double y2, String colour, int thick) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>",
        x1, y1, x2, y2, colour, thick);
  }

  void dot(double x, double y, String colour) {
    add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, colour);
  }

  /**
   * Words.
   *
   * @param anchor which end of them is at x: "start", "middle" or "end"
   */
  void text(double x, double y, String anchor, String words) {
    String escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    add("<text x=\"%.1f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped);
  }

  /** The picture on white paper, so high. */
  String svg(int height) {
    String head =
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#1c1e21\">",
            width, height);
    String paper = format("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height);
    return head + "\n" + paper + "\n" + String.join("\n", shapes) + "\n</svg>\n";
  }

  private void add(String format, Object... values) {
    shapes.add(format(format, values));
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
