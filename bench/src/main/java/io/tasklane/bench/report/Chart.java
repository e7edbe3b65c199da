package io.tasklane.bench.report;

import java.util.List;
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
  private static final String GOAL = "#b3261e";

  private final Drawing drawing = new Drawing(WIDTH);
  private int y = TOP;

  private Chart() {}

  /** The picture of these rows. */
  static String of(List<Row> rows) {
    Chart chart = new Chart();
    chart.legend();
    rows.forEach(chart::row);
    return chart.drawing.svg(chart.y);
  }

  private void legend() {
    int x = LEFT;
    for (String[] one :
        new String[][] {{OURS, "Tasklane"}, {PEER, "db-scheduler 16"}, {RAW, "raw limit"}}) {
      drawing.rectangle(x, 14, 12, BAR - 2, one[0]);
      drawing.text(x + 18, 25, "start", one[1]);
      x += 140;
    }
    goal(x, 12);
    drawing.text(x + 10, 25, "start", "goal");
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
    drawing.text(LEFT - 10, y + 11, "end", row.name());
    bar(row.tasklane(), scale, OURS, " " + row.unit().symbol() + better);
    row.peer().ifPresent(peer -> bar(peer.value(), scale, PEER, ""));
    row.raw().ifPresent(raw -> bar(raw.value(), scale, RAW, ""));
    row.goal().ifPresent(goal -> goal(LEFT + goal * scale, top - 2));
    y += GAP;
  }

  private void bar(double value, double scale, String colour, String behind) {
    drawing.rectangle(LEFT, y, value * scale, BAR - 2, colour);
    drawing.text(LEFT + value * scale + 6, y + 11, "start", Numbers.text(value) + behind);
    y += BAR;
  }

  private void goal(double x, int from) {
    drawing.line(x, from, x, from + BAR + 2, GOAL, 2);
  }
}
