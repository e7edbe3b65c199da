package io.tasklane.bench.report;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Grown;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Reference;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Runs as they could have been measured, on a machine that is made up. */
final class MeasuredRuns {
  private static final String QUIET =
      "{\"cpu\":\"Test CPU\",\"cores\":2,\"memory\":\"24 GiB\",\"os\":\"Test OS\","
          + "\"java\":\"17\",\"load_before\":0.1}";

  private MeasuredRuns() {}

  /** Three runs of one scenario, of which the second was the best. */
  static List<Figures> three() {
    return Stream.of(run(900, 3000, 1200), run(1100, 4400, 1000), run(700, 3500, 1400)).toList();
  }

  static Figures run(double ours, double raw, double peer) {
    return on(QUIET)
        .add(
            Measure.of("one queue, EACH", Unit.TASKS_PER_SECOND, ours)
                .shall(1000)
                .against(Optional.of(new Reference("updates", raw)))
                .beside(Optional.of(new Reference("db-scheduler 16", peer))));
  }

  /** A run of the scenario growth with queues, in which everything costs more and more. */
  static Figures growth(double rateOfOne) {
    Figures run = named("growth", QUIET);
    for (int queues : new int[] {1, 10}) {
      double rate = rateOfOne / queues;
      run.add(
              grown(queues, "run rate", Unit.TASKS_PER_SECOND, rate)
                  .against(Optional.of(new Reference("updates", 2000))))
          .add(grown(queues, "memory of broker", Unit.MEGABYTES, 250))
          .add(grown(queues, "memory of node", Unit.MEGABYTES, 500 + queues));
    }
    return run;
  }

  private static Measure grown(int queues, String quantity, Unit unit, double value) {
    return Measure.of(new Grown("queues", queues, quantity).name(), unit, value);
  }

  /** A run of a fresh server. */
  static Figures warmUp() {
    Figures run = named("warm-up", QUIET);
    for (int second : new int[] {10, 20}) {
      String name = new Grown("seconds after the ready line", second, "create rate").name();
      Usage usage = new Usage(Map.of("node", 50.0 / second), OptionalDouble.of(2500));
      run.add(Measure.of(name, Unit.TASKS_PER_SECOND, 10 * second).costing(usage));
    }
    return run;
  }

  /** A run of the hot code. */
  static Figures hot() {
    return named("jmh", QUIET).add(Measure.of("Moves.nextState", Unit.NANOSECONDS, 12.34));
  }

  static Figures on(String machine) {
    return named("one-queue", machine);
  }

  private static Figures named(String scenario, String machine) {
    return Figures.read(
        "{\"scenario\":\"%s\",\"time\":\"%s\",\"machine\":%s,\"measures\":[],\"details\":{}}"
            .formatted(scenario, Instant.parse("2026-11-26T09:30:00Z"), machine));
  }
}
