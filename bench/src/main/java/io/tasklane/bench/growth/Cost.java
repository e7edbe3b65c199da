package io.tasklane.bench.growth;

import io.tasklane.bench.figure.Grown;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.Limits;
import java.util.Optional;

/**
 * One figure that was measured at one size.
 *
 * @param quantity what was measured, such as "create rate"
 * @param unit of it
 * @param value the figure
 * @param limit name of the limit that it is compared with
 * @param usage what one task cost the server
 */
record Cost(String quantity, Unit unit, double value, Optional<String> limit, Usage usage) {

  /** A figure with nothing to compare it with. */
  static Cost of(String quantity, Unit unit, double value) {
    return new Cost(quantity, unit, value, Optional.empty(), Usage.UNKNOWN);
  }

  /** A copy with what one task cost the server. */
  Cost using(Usage each) {
    return new Cost(quantity, unit, value, limit, each);
  }

  /** A rate of tasks, compared with a rate of the database. */
  static Cost rate(String quantity, double perSecond, String limit, Usage usage) {
    return new Cost(quantity, Unit.TASKS_PER_SECOND, perSecond, Optional.of(limit), usage);
  }

  /**
   * This figure as a row of the report.
   *
   * @param thing what grows
   * @param count the size at which it was measured
   * @param limits the measured rates of the database
   */
  Measure at(String thing, int count, Limits limits) {
    return Measure.of(new Grown(thing, count, quantity).name(), unit, value)
        .against(limit.flatMap(limits::rate))
        .costing(usage);
  }
}
