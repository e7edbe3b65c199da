package io.tasklane.web.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tasklane.app.QueueDesk;
import io.tasklane.app.SystemDesk;
import io.tasklane.grpc.GrpcServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.IntSupplier;

/** All metrics as they are now. Nothing is asked of the database, so it never waits. */
@ApplicationScoped
public class Figures {
  private final QueueDesk queues;
  private final SystemDesk system;
  private final IntSupplier openStreams;

  /** For the container's proxies. */
  protected Figures() {
    this(null, null, () -> 0);
  }

  /** The figures of the application. */
  @Inject
  public Figures(QueueDesk queues, SystemDesk system, GrpcServer server) {
    this(queues, system, server::openStreams);
  }

  Figures(QueueDesk queues, SystemDesk system, IntSupplier openStreams) {
    this.queues = queues;
    this.system = system;
    this.openStreams = openStreams;
  }

  /** Every family, by name. */
  public MetricSnapshots now() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    new QueueFamilies(queues).all().forEach(all::metricSnapshot);
    new NodeFamilies(system, openStreams.getAsInt()).all().forEach(all::metricSnapshot);
    return all.build();
  }
}
