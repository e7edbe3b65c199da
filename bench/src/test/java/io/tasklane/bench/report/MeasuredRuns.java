package io.tasklane.bench.report;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Reference;
import io.tasklane.bench.figure.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs as they could have been measured, on a machine that is made up. */
final class MeasuredRuns {
  private MeasuredRuns() {}

  /** Three runs of one scenario, of which the second was the best. */
  static List<Figures> three() {
    return Stream.of(run(900, 3000, 1200), run(1100, 4400, 1000), run(700, 3500, 1400)).toList();
  }

  static Figures run(double ours, double raw, double peer) {
    return on("{\"cpu\":\"Test CPU\",\"cores\":2,\"memory\":\"24 GiB\",\"os\":\"Test OS\","
            + "\"java\":\"17\",\"load_before\":0.1}")
        .add(
            Measure.of("one queue, EACH", Unit.TASKS_PER_SECOND, ours)
                .shall(1000)
                .against(Optional.of(new Reference("updates", raw)))
                .beside(Optional.of(new Reference("db-scheduler 16", peer))));
  }

  static Figures on(String machine) {
    return Figures.read(
        "{\"scenario\":\"one-queue\",\"time\":\"%s\",\"machine\":%s,\"measures\":[],\"details\":{}}"
            .formatted(Instant.parse("2026-11-26T09:30:00Z"), machine));
  }
}
