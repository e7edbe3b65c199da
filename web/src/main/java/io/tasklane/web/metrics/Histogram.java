package io.tasklane.web.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.tasklane.monitor.Distribution;
import java.util.ArrayList;
import java.util.List;

/** A family of distributions, with every value since the node began counted in its bucket. */
final class Histogram {
  private final HistogramSnapshot.Builder family = HistogramSnapshot.builder();

  Histogram(String name, String help) {
    family.name(name).help(help);
  }

  /** Adds a distribution; labels are name, value, name, value. */
  Histogram add(Distribution values, String... labels) {
    List<Double> bounds = new ArrayList<>(values.upperBounds());
    bounds.add(Double.POSITIVE_INFINITY);
    family.dataPoint(
        HistogramDataPointSnapshot.builder()
            .labels(Labels.of(labels))
            .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, values.counts()))
            .sum(values.sum())
            .build());
    return this;
  }

  HistogramSnapshot snapshot() {
    return family.build();
  }
}
