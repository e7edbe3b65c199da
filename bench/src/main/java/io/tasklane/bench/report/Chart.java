package io.tasklane.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The rows as a picture in SVG. Every row has a scale of its own, since rates and times share none:
 * its longest bar fills the width. A mark shows the goal.
 */
final class Chart {
  private static final int WIDTH = 900;
  private static final int LEFT = 300;
  private static final int LONGEST = 460;
  private static final int BAR = 14;
  private static final int GAP = 16;
  private static final int TOP = 40;
  private static final String OURS = "#2563a8";
  private static final String PEER = "#d98a29";
  private static final String RAW = "#a3a8b0";

  private final List<String> shapes = new ArrayList<>();
  private int y = TOP;

  private Chart() {}

  /** The picture of these rows. */
  static String of(List<Row> rows) {
    Chart chart = new Chart();
    chart.legend();
    rows.forEach(chart::row);
    return chart.svg();
  }

  private void legend() {
    int x = LEFT;
    for (String[] one :
        new String[][] {{OURS, "Tasklane"}, {PEER, "db-scheduler 16"}, {RAW, "raw limit"}}) {
      shapes.add(rectangle(x, 14, 12, one[0]));
      shapes.add(text(x + 18, 25, "start", one[1]));
      x += 140;
    }
    shapes.add(goal(x, 12));
    shapes.add(text(x + 10, 25, "start", "goal"));
  }

  private void row(Row row) {
    double longest =
        DoubleStream.of(
                row.tasklane(),
                row.goal().orElse(0),
                row.raw().map(raw -> raw.value()).orElse(0.0),
                row.peer().map(peer -> peer.value()).orElse(0.0))
            .max()
            .orElseThrow();
    double scale = longest > 0 ? LONGEST / longest : 0;
    int top = y;
    String better = row.unit().moreIsBetter() ? "" : ", less is better";
    shapes.add(text(LEFT - 10, y + 11, "end", row.name()));
    bar(row.tasklane(), scale, OURS, " " + row.unit().symbol() + better);
    row.peer().ifPresent(peer -> bar(peer.value(), scale, PEER, ""));
    row.raw().ifPresent(raw -> bar(raw.value(), scale, RAW, ""));
    row.goal().ifPresent(goal -> shapes.add(goal(LEFT + goal * scale, top - 2)));
    y += GAP;
  }

  private void bar(double value, double scale, String colour, String behind) {
    shapes.add(rectangle(LEFT, y, value * scale, colour));
    shapes.add(text(LEFT + value * scale + 6, y + 11, "start", Numbers.text(value) + behind));
    y += BAR;
  }

  private static String rectangle(double x, int y, double width, String colour) {
    return format(
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
        x, y, Math.max(width, 1), BAR - 2, colour);
  }

  private static String goal(double x, int y) {
    return format(
        "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#b3261e\" stroke-width=\"2\"/>",
        x, y, x, y + BAR + 2);
  }

  private static String text(double x, int y, String anchor, String words) {
    String escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    return format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private String svg() {
    String head =
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#1c1e21\">",
            WIDTH, y);
    String paper = format("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, y);
    return head + "\n" + paper + "\n" + String.join("\n", shapes) + "\n</svg>\n";
  }
}
