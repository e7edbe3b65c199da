package io.tasklane.web.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.tasklane.api.ComponentHealth;
import io.tasklane.api.NodeFigures;
import io.tasklane.service.SystemService;
import java.util.List;

/** The families about this node alone. */
final class NodeFamilies {
  private static final String NODE = " Of this node.";
  private static final String SINCE = " Counted since this node started, on this node.";
  private static final String HERE = " As seen from this node.";

  private final List<ComponentHealth> parts;
  private final NodeFigures figures;
  private final int openStreams;

  NodeFamilies(SystemService system, int openStreams) {
    this.parts = system.status();
    this.figures = system.figures();
    this.openStreams = openStreams;
  }

  List<MetricSnapshot> all() {
    return List.of(
        parts().snapshot(),
        owners().snapshot(),
        new Counter("tasklane_commits", "Transactions that changed tasks or queues." + SINCE)
            .add(figures.commits().count())
            .snapshot(),
        new Histogram(
                "tasklane_commit_batch_size", "Commands that one transaction carried." + SINCE)
            .add(figures.commits())
            .snapshot(),
        new Counter(
                "tasklane_events_appended",
                "Events of the log that were read, whichever node appended them." + SINCE)
            .add(figures.events())
            .snapshot(),
        new Gauge(
                "tasklane_event_tail_lag_seconds",
                "How old the oldest durable event is that readers cannot see yet." + NODE)
            .add(figures.tailLag().toMillis() / 1e3)
            .snapshot(),
        new Gauge("tasklane_node_lease_held", "1 while the node may run tasks, else 0." + NODE)
            .add(figures.leaseHeld())
            .snapshot(),
        new Counter("tasklane_node_lease_losses", "Leases that ran out or were taken." + SINCE)
            .add(figures.leaseLosses())
            .snapshot(),
        new Gauge(
                "tasklane_ongoing_faults",
                "Kinds of work that fail at present and are tried again." + NODE)
            .add(figures.ongoingFaults())
            .snapshot(),
        new Gauge("tasklane_grpc_streams_open", "Streams and long polls that are open." + NODE)
            .add(openStreams)
            .snapshot());
  }

  private Gauge parts() {
    Gauge gauge = new Gauge("tasklane_component_up", "1 while the component works, else 0." + HERE);
    parts.forEach(part -> gauge.add(part.healthy(), "component", part.component()));
    return gauge;
  }

  private Gauge owners() {
    Gauge gauge =
        new Gauge("tasklane_queue_owned", "1 where a living node owns the queue, else 0." + HERE);
    parts.stream()
        .filter(part -> part.component().equals("queues"))
        .flatMap(part -> part.data().entrySet().stream())
        .forEach(owner -> gauge.add(!owner.getValue().equals("none"), "queue", owner.getKey()));
    return gauge;
  }
}
