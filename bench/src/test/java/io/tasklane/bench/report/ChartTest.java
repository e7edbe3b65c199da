package io.tasklane.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartTest {
  private static final int PAPER_AND_LEGEND = 4;

  @Test
  void the_longest_bar_of_a_row_is_as_long_as_that_of_any_other() throws Exception {
    List<Row> rows = new ArrayList<>(new Runs(MeasuredRuns.three()).rows());
    rows.add(new Row(List.of(Measure.of("a hop", Unit.MILLISECONDS, 0.5))));
    List<Double> bars = bars(rows);
    assertThat(bars).hasSize(4); // ours, the peer's and the limit of the first; ours of the second
    assertThat(bars.get(2)).isEqualTo(bars.get(3)).isGreaterThan(bars.get(1));
    assertThat(bars.get(0) / bars.get(2)).isBetween(900 / 3500.0 - 0.01, 900 / 3500.0 + 0.01);
  }

  @Test
  void names_are_text_whatever_they_contain() throws Exception {
    Row row = new Row(List.of(Measure.of("1 -> 1,000 & <back>", Unit.SECONDS, 1)));
    assertThat(parse(List.of(row)).getDocumentElement().getTextContent())
        .contains("1 -> 1,000 & <back>", "less is better");
  }

  @Test
  void nothing_to_draw_is_a_mark_and_no_fault() throws Exception {
    Row nought = new Row(List.of(Measure.of("inversions", Unit.TASKS, 0).shall(0)));
    assertThat(bars(List.of(nought))).containsExactly(1.0);
  }

  private static List<Double> bars(List<Row> rows) throws Exception {
    NodeList all = parse(rows).getElementsByTagName("rect");
    return IntStream.range(PAPER_AND_LEGEND, all.getLength())
        .mapToObj(i -> Double.valueOf(((Element) all.item(i)).getAttribute("width")))
        .toList();
  }

  private static Document parse(List<Row> rows) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(Chart.of(rows))));
  }
}
