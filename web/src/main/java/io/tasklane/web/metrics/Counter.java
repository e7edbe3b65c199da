package io.tasklane.web.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;

/** A family of figures that only grow while the node runs. */
final class Counter {
  private final CounterSnapshot.Builder family = CounterSnapshot.builder();

  /** The name is without the {@code _total} that it is shown with. */
  Counter(String name, String help) {
    family.name(name).help(help);
  }

  /** Adds a figure; labels are name, value, name, value. */
  Counter add(long value, String... labels) {
    family.dataPoint(
        CounterDataPointSnapshot.builder().labels(Labels.of(labels)).value(value).build());
    return this;
  }

  CounterSnapshot snapshot() {
    return family.build();
  }
}
