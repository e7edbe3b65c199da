package io.tasklane.bench.latency;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Quantiles;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.bench.scenario.Client;
import io.tasklane.bench.scenario.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How long the tasks of one client took, and what they cost the server. */
final class LatencySamples {
  private static final double GOAL_START_P50 = 1.8;
  private static final double GOAL_START_P99 = 4.4;
  private static final double GOAL_RESULT_P50 = 2.8;
  private static final double GOAL_RESULT_P99 = 8.5;

  private final Client client;
  private final List<Sample> samples = new ArrayList<>();
  private Usage usage;

  LatencySamples(Client client) {
    this.client = client;
  }

  /**
   * One task, in milliseconds since it was submitted.
   *
   * @param answered when CreateTask had answered
   * @param startEvent when the client received the event of its start
   * @param resultEvent when the client received the event of its result
   * @param start when it started, as recorded
   * @param end when it ended, as recorded
   */
  record Sample(double answered, double startEvent, double resultEvent, double start, double end) {}

  void add(Sample sample) {
    samples.add(sample);
  }

  void add(Usage more) {
    usage = usage == null ? more : usage.plus(more);
  }

  int count() {
    return samples.size();
  }

  /** Adds the rows, compared with the limit and the peer, and the details that explain them. */
  void addTo(Figures figures, Limits limits, Map<String, Double> peer) {
    Quantiles start = quantiles(Sample::startEvent);
    Quantiles result = quantiles(Sample::resultEvent);
    row(figures, limits, peer, "start_p50", start.percentile(50), GOAL_START_P50);
    row(figures, limits, peer, "start_p99", start.percentile(99), GOAL_START_P99);
    row(figures, limits, peer, "result_p50", result.percentile(50), GOAL_RESULT_P50);
    row(figures, limits, peer, "result_p99", result.percentile(99), GOAL_RESULT_P99);
    String kind = client == Client.CAREFUL ? "" : "without_request_id_";
    figures.detail(kind + "tasks", samples.size());
    detail(figures, kind + "recorded_start", quantiles(Sample::start));
    detail(figures, kind + "recorded_end", quantiles(Sample::end));
    detail(figures, kind + "create_answered", quantiles(Sample::answered));
  }

  private void row(
      Figures figures,
      Limits limits,
      Map<String, Double> peer,
      String quantity,
      double millis,
      double goal) {
    String name = "submit to " + quantity.replace("_", ", ") + ", " + client.words();
    figures.add(
        Measure.of(name, Unit.MILLISECONDS, millis)
            .shall(goal)
            .against(limits.millis(RawRows.SPARSE_UPDATES))
            .beside(Setting.peer(peer, quantity))
            .costing(usage.each(samples.size())));
  }

  private static void detail(Figures figures, String name, Quantiles millis) {
    figures.detail(name + "_p50_ms", millis.percentile(50));
    figures.detail(name + "_p99_ms", millis.percentile(99));
  }

  private Quantiles quantiles(ToDoubleFunction<Sample> part) {
    return new Quantiles(samples.stream().mapToDouble(part).toArray());
  }
}
