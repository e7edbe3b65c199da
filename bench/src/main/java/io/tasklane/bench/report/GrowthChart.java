package io.tasklane.bench.report;

import io.tasklane.bench.figure.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The series of growth runs as a picture in SVG: a line of panels for each series, a panel for each
 * quantity and one for all memory together. Sizes stand in equal steps from left to right; every
 * panel has a scale of its own that begins at nought.
 */
final class GrowthChart {
  private static final int WIDTH = 900;
  private static final int LEFT = 24;
  private static final int PANELS = 4;
  private static final int PANEL = (WIDTH - LEFT) / PANELS;
  private static final int PLOT = PANEL - 62;
  private static final int HIGH = 96;
  private static final int TITLE = 20;
  private static final int AROUND = 88;
  private static final int KEY = 14;
  private static final String AXIS = "#a3a8b0";
  private static final List<String> COLOURS =
      List.of("#2563a8", "#d98a29", "#4b8b57", "#8a5fa8", "#b3261e");

  private final Drawing drawing = new Drawing(WIDTH);
  private int y = TITLE + 4;

  private GrowthChart() {}

  /** The picture of these series. */
  static String of(List<Series> all) {
    GrowthChart chart = new GrowthChart();
    all.forEach(chart::series);
    return chart.drawing.svg(chart.y);
  }

  private void series(Series series) {
    drawing.text(LEFT, y, "start", "By the number of " + series.thing());
    y += TITLE;
    int number = 0;
    int keys = 0;
    for (Map.Entry<String, List<String>> panel : panels(series).entrySet()) {
      if (number == PANELS) {
        number = 0;
        y += HIGH + AROUND;
      }
      panel(series, LEFT + number++ * PANEL, panel.getKey(), panel.getValue());
      keys = Math.max(keys, panel.getValue().size());
    }
    y += HIGH + AROUND + KEY * (keys - 1);
  }

  /** The quantities of each panel, by its title. */
  private static Map<String, List<String>> panels(Series series) {
    Map<String, List<String>> panels = new LinkedHashMap<>();
    for (String quantity : series.quantities()) {
      Unit unit = series.rows(quantity).get(0).unit();
      String title = unit == Unit.MEGABYTES ? "memory, MB" : quantity + ", " + unit.symbol();
      panels.computeIfAbsent(title, key -> new ArrayList<>()).add(quantity);
    }
    return panels;
  }

  private void panel(Series series, int x, String title, List<String> quantities) {
    double largest =
        quantities.stream()
            .flatMap(quantity -> series.rows(quantity).stream())
            .mapToDouble(Row::tasklane)
            .max()
            .orElseThrow();
    int bottom = y + TITLE + 8 + HIGH;
    drawing.text(x, y + 8, "start", title);
    drawing.line(x, bottom, x + PLOT + 20, bottom, AXIS, 1);
    List<Long> counts = series.counts();
    for (int i = 0; i < counts.size(); i++) {
      drawing.text(at(x, i, counts), bottom + 16, "middle", shortly(counts.get(i)));
    }
    for (int i = 0; i < quantities.size(); i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      curve(series, x, bottom, quantities.get(i), largest > 0 ? HIGH / largest : 0, colour);
      if (quantities.size() > 1) {
        key(series, x, bottom + 24 + KEY * i, quantities.get(i), colour);
      } else {
        figures(series, x, bottom, quantities.get(i), largest > 0 ? HIGH / largest : 0);
      }
    }
  }

  /** Which curve is which, and from where to where it goes: there is no room for more. */
  private void key(Series series, int x, int top, String quantity, String colour) {
    List<Row> rows = series.rows(quantity);
    String span =
        Numbers.text(rows.get(0).tasklane())
            + " to "
            + Numbers.text(rows.get(rows.size() - 1).tasklane());
    drawing.rectangle(x, top, 10, 10, colour);
    // The title has said what it is of them.
    String whose = quantity.substring(quantity.lastIndexOf(' ') + 1);
    drawing.text(x + 16, top + 10, "start", whose + ", " + span);
  }

  private void figures(Series series, int x, int bottom, String quantity, double scale) {
    List<Long> counts = series.counts();
    for (int i = 0; i < counts.size(); i++) {
      double atX = at(x, i, counts);
      series
          .at(counts.get(i), quantity)
          .map(Row::tasklane)
          .ifPresent(
              value ->
                  drawing.text(atX, bottom - value * scale - 6, "middle", Numbers.text(value)));
    }
  }

  private void curve(
      Series series, int x, int bottom, String quantity, double scale, String colour) {
    List<Long> counts = series.counts();
    double lastX = 0;
    double lastY = 0;
    for (int i = 0; i < counts.size(); i++) {
      Optional<Row> row = series.at(counts.get(i), quantity);
      if (row.isEmpty()) {
        continue;
      }
      double toX = at(x, i, counts);
      double toY = bottom - row.get().tasklane() * scale;
      if (lastX > 0) {
        drawing.line(lastX, lastY, toX, toY, colour, 2);
      }
      drawing.dot(toX, toY, colour);
      lastX = toX;
      lastY = toY;
    }
  }

  private static double at(int x, int number, List<Long> counts) {
    return x + 20 + (counts.size() == 1 ? 0 : (double) PLOT * number / (counts.size() - 1));
  }

  /** 1,000,000 as 1M: labels stand close to one another. */
  private static String shortly(long count) {
    if (count >= 1_000_000 && count % 1_000_000 == 0) {
      return count / 1_000_000 + "M";
    }
    return count >= 1000 && count % 1000 == 0 ? count / 1000 + "k" : Long.toString(count);
  }
}
