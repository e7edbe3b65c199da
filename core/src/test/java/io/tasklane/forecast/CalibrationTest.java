package io.tasklane.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Forecasts over a recorded day say as much as they claim to. */
class CalibrationTest {
  private static final WorkKind SYNC = new WorkKind("PORTFOLIO_SYNC", "portfolio_sync");
  private static final WorkKind NEWS = new WorkKind("DATA_FETCHER", "news");
  private static final WorkKind PRICES = new WorkKind("DATA_FETCHER", "prices");
  private static final WorkKind ANALYSIS = new WorkKind("AI_ANALYSIS", "analysis");
  private static final WorkKind ADVICE = new WorkKind("AI_ANALYSIS", "recommendation");

  private static final double WARM_UP = 7_200;

  /** Seconds between two workflows; a long form of the test has more of them. */
  private static final double BETWEEN = Integer.getInteger("tasklane.forecast.between", 3_000);

  private static final Map<WorkKind, RecordedDay.Type> TYPES =
      Map.of(
          SYNC, new RecordedDay.Type(6, 0.5, 0.01, 60),
          NEWS, new RecordedDay.Type(3, 0.6, 0.03, 180),
          PRICES, new RecordedDay.Type(1.5, 0.4, 0.02, 240),
          ANALYSIS, new RecordedDay.Type(25, 0.5, 0.05, 25),
          ADVICE, new RecordedDay.Type(40, 0.4, 0.02, 5));

  private final long seed = Long.getLong("tasklane.forecast.seed", 20261130L);
  private final SplittableRandom random = new SplittableRandom(seed);
  private final RecordedDay day =
      new RecordedDay(
          Map.of("PORTFOLIO_SYNC", 1, "DATA_FETCHER", 1, "AI_ANALYSIS", 1), TYPES, random);
  private int ends;
  private int beforeMedian;
  private int beforeP90;

  /** The stages of a workflow, each a group: sync, two fetches a symbol, analyses, advice. */
  private static List<List<WorkKind>> stages(int symbols) {
    List<WorkKind> fetches = new ArrayList<>(Collections.nCopies(symbols, NEWS));
    fetches.addAll(Collections.nCopies(symbols, PRICES));
    return List.of(
        List.of(SYNC), fetches, Collections.nCopies((symbols + 1) / 2, ANALYSIS), List.of(ADVICE));
  }

  private void workflows() {
    day.time.in(
        random.nextExponential() * BETWEEN,
        () -> {
          stage(stages(1 + random.nextInt(8)), 0, new ArrayList<>());
          workflows();
        });
  }

  private void stage(List<List<WorkKind>> stages, int number, List<Made> made) {
    if (number == stages.size()) {
      made.forEach(this::compare);
      return;
    }
    if (day.time.now() > WARM_UP) {
      made.add(new Made(day.time.now(), forecast(stages, number)));
    }
    List<WorkKind> tasks = stages.get(number);
    int[] open = {tasks.size()};
    Runnable ended =
        () -> {
          open[0]--;
          if (open[0] == 0) {
            stage(stages, number + 1, made);
          }
        };
    tasks.forEach(kind -> day.submit(kind, ended));
  }

  private record Made(double time, WorkflowOutlook outlook) {}

  private void compare(Made made) {
    if (!made.outlook().missing().isEmpty()) {
      return; // too early in the day for so rare a type
    }
    double took = day.time.now() - made.time();
    ends++;
    beforeMedian += took <= made.outlook().endP50() ? 1 : 0;
    beforeP90 += took <= made.outlook().endP90() ? 1 : 0;
  }

  private WorkflowOutlook forecast(List<List<WorkKind>> stages, int number) {
    List<ForecastNode> rest = new ArrayList<>();
    for (int stage = number; stage < stages.size(); stage++) {
      List<ForecastNode> members = new ArrayList<>();
      for (WorkKind kind : stages.get(stage)) {
        members.add(new ForecastNode.Work("n" + stage, kind, 5, ForecastNode.Start.FUTURE));
      }
      rest.add(new ForecastNode.SideBySide("g" + stage, members, 0));
    }
    return WorkflowForecaster.forecast(
        new ForecastInput(
            new ForecastNode.InOrder("root", rest),
            day.queues(),
            day.history(),
            OptionalDouble.empty()),
        random);
  }

  @Test
  void nearly_nine_of_ten_ends_lie_before_their_p90() {
    workflows();
    while (day.time.now() < 86_400 && day.time.next()) {
      // the day goes on
    }
    assertThat(ends).isGreaterThan(70);
    assertThat((double) beforeP90 / ends).as("seed %d", seed).isBetween(0.80, 0.97);
    assertThat((double) beforeMedian / ends).as("seed %d", seed).isBetween(0.35, 0.65);
  }
}
