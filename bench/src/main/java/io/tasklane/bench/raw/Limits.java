package io.tasklane.bench.raw;

import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The limits of one run. They are measured before and after what is compared with them, because a
 * machine changes its pace meanwhile; the mean of both counts, and both are told.
 */
public final class Limits {
  private final List<RawLimit> limits;
  private final Map<String, List<Double>> rates = new LinkedHashMap<>();
  private final Duration time;

  /**
   * Limits that were not measured yet.
   *
   * @param limits which; none where the server's database and broker are unknown
   * @param time how long each is measured each time
   */
  public Limits(List<RawLimit> limits, Duration time) {
    this.limits = List.copyOf(limits);
    this.time = time;
  }

  /** Measures each of them once more. */
  public void measure() throws Exception {
    for (RawLimit limit : limits) {
      rates.computeIfAbsent(limit.name(), name -> new ArrayList<>()).add(limit.perSecond(time));
    }
  }

  /**
   * The limit that a rate of ours is compared with.
   *
   * @param name of a limit
   */
  public Optional<Reference> rate(String name) {
    return mean(name).map(rate -> new Reference(name, rate));
  }

  /**
   * The limit that a time of ours is compared with: what one takes on the average.
   *
   * @param name of a limit
   */
  public Optional<Reference> millis(String name) {
    return mean(name).map(rate -> new Reference(name, 1000 / rate));
  }

  /** Tells each of them, as measured before and after. */
  public void tell(Figures figures) {
    rates.forEach(
        (name, both) -> {
          figures.detail("raw, before: " + name + ", a second", both.get(0));
          figures.detail("raw, after: " + name + ", a second", both.get(both.size() - 1));
        });
  }

  private Optional<Double> mean(String name) {
    return Optional.ofNullable(rates.get(name))
        .map(both -> both.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
  }
}
