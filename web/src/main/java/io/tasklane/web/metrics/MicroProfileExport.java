package io.tasklane.web.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Exports gauges and counters to a MicroProfile registry. Its counters can only be raised, so they
 * are raised to their value; its histograms count in samples, so histograms are exported by
 * Prometheus' text format alone.
 */
final class MicroProfileExport {
  private final MetricRegistry registry;
  private final Map<MetricID, Double> gauges = new ConcurrentHashMap<>();
  private final Map<MetricID, Long> counters = new HashMap<>();

  MicroProfileExport(MetricRegistry registry) {
    this.registry = registry;
  }

  /**
   * Shows these figures from now on; what is no longer among them, such as the series of a deleted
   * queue, is removed. A counter that comes back begins with the value that it has then.
   */
  void show(Iterable<MetricSnapshot> families) {
    Set<MetricID> shown = new HashSet<>();
    for (MetricSnapshot family : families) {
      if (family instanceof GaugeSnapshot gauge) {
        gauge.getDataPoints().forEach(point -> shown.add(show(family, point, point.getValue())));
      } else if (family instanceof CounterSnapshot counter) {
        counter.getDataPoints().forEach(point -> shown.add(raise(family, point)));
      }
    }
    removeOthers(gauges, shown);
    removeOthers(counters, shown);
  }

  private void removeOthers(Map<MetricID, ?> mine, Set<MetricID> shown) {
    for (MetricID gone : new ArrayList<>(mine.keySet())) {
      if (!shown.contains(gone)) {
        mine.remove(gone);
        registry.remove(gone);
      }
    }
  }

  private MetricID show(MetricSnapshot family, DataPointSnapshot point, double value) {
    MetricMetadata about = family.getMetadata();
    MetricID id = new MetricID(about.getName(), tags(point.getLabels()));
    if (gauges.put(id, value) == null) {
      registry.gauge(metadata(about), id, gauges::get, tags(point.getLabels()));
    }
    return id;
  }

  /** A counter that fell has restarted from zero: its whole value is added. */
  private MetricID raise(MetricSnapshot family, CounterDataPointSnapshot point) {
    MetricMetadata about = family.getMetadata();
    MetricID id = new MetricID(about.getName(), tags(point.getLabels()));
    long value = (long) point.getValue();
    Long before = counters.put(id, value);
    long more = before == null || before > value ? value : value - before;
    registry.counter(metadata(about), id.getTagsAsArray()).inc(more);
    return id;
  }

  private static Metadata metadata(MetricMetadata about) {
    return Metadata.builder().withName(about.getName()).withDescription(about.getHelp()).build();
  }

  private static Tag[] tags(Labels labels) {
    List<Tag> tags = new ArrayList<>();
    labels.forEach(label -> tags.add(new Tag(label.getName(), label.getValue())));
    return tags.toArray(Tag[]::new);
  }
}
