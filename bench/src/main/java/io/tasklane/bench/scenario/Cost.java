package io.tasklane.bench.scenario;

import io.tasklane.bench.figure.Grown;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.figure.Usage;
import io.tasklane.bench.raw.Limits;
import java.util.Optional;

/**
 * One figure at one size.
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

  /** The same with what one task cost. */
  Cost using(Usage each) {
    return new Cost(quantity, unit, value, limit, each);
  }

  /** A rate of tasks beside one of the database. */
  static Cost rate(String quantity, double perSecond, String limit, Usage usage) {
    return new Cost(quantity, Unit.TASKS_PER_SECOND, perSecond, Optional.of(limit), usage);
  }

  /** The row that it is among those of the same size. */
  Measure at(String thing, int count, Limits limits) {
    return Measure.of(new Grown(thing, count, quantity).name(), unit, value)
        .against(limit.flatMap(limits::rate))
        .costing(usage);
  }
}
