package io.tasklane.web.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** A family of figures that rise and fall. */
final class Gauge {
  private final GaugeSnapshot.Builder family = GaugeSnapshot.builder();

  Gauge(String name, String help) {
    family.name(name).help(help);
  }

  /** Adds a figure; labels are name, value, name, value. */
  Gauge add(double value, String... labels) {
    family.dataPoint(
        GaugeDataPointSnapshot.builder().labels(Labels.of(labels)).value(value).build());
    return this;
  }

  /** The same for what is so or not. */
  Gauge add(boolean so, String... labels) {
    return add(so ? 1 : 0, labels);
  }

  GaugeSnapshot snapshot() {
    return family.build();
  }
}
