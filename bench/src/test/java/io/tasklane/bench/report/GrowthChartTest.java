package io.tasklane.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GrowthChartTest {
  private final Document chart;

  GrowthChartTest() throws Exception {
    Runs runs = new Runs(List.of(MeasuredRuns.growth(1000)));
    chart =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(GrowthChart.of(Series.of(runs)))));
  }

  @Test
  void every_figure_is_a_dot_at_its_height_above_nought() {
    List<Double> heights = numbers("circle", "cy");
    assertThat(heights).hasSize(6); // one rate and two memories, at two sizes
    double nought = numbers("line", "y1").get(0); // the axis of the first panel
    double largest = nought - heights.get(0);
    assertThat(largest).isGreaterThan(50);
    assertThat(nought - heights.get(1)).isBetween(largest * 0.09, largest * 0.11);
  }

  @Test
  void all_memory_is_in_one_panel_and_to_one_scale() {
    List<Double> heights = numbers("circle", "cy");
    double nought = numbers("line", "y1").get(0);
    double ofBroker = nought - heights.get(3); // 250 MB
    double ofNode = nought - heights.get(5); // 510 MB
    assertThat(ofNode).isEqualTo(nought - heights.get(0)); // the largest of each is as high
    assertThat(ofBroker / ofNode).isBetween(250 / 510.0 - 0.01, 250 / 510.0 + 0.01);
  }

  @Test
  void panels_say_what_they_show_and_at_which_sizes() {
    assertThat(chart.getDocumentElement().getTextContent())
        .contains("By the number of queues", "run rate, tasks/s", "memory, MB")
        .contains("1,000", "broker, 250 to 250", "node, 501 to 510");
  }

  @Test
  void nothing_is_drawn_beside_the_paper() {
    String[] box = chart.getDocumentElement().getAttribute("viewBox").split(" ");
    assertThat(numbers("circle", "cx")).allSatisfy(x -> assertThat(x).isBetween(0.0, right(box)));
    assertThat(numbers("text", "y"))
        .allSatisfy(y -> assertThat(y).isBetween(10.0, Double.parseDouble(box[3])));
  }

  private static double right(String... box) {
    return Double.parseDouble(box[2]);
  }

  private List<Double> numbers(String shape, String attribute) {
    NodeList all = chart.getElementsByTagName(shape);
    return IntStream.range(0, all.getLength())
        .mapToObj(i -> Double.valueOf(((Element) all.item(i)).getAttribute(attribute)))
        .toList();
  }
}
