package io.tasklane.web.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tasklane.grpc.GrpcServer;
import io.tasklane.service.QueueService;
import io.tasklane.service.Services;
import io.tasklane.service.SystemService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.IntSupplier;

/** All metrics as they are now. Nothing is asked of the database, so it never waits. */
@ApplicationScoped
public class Figures {
  private final QueueService queues;
  private final SystemService system;
  private final IntSupplier openStreams;

  /** For the container's proxies. */
  protected Figures() {
    this(null, null, () -> 0);
  }

  /** The figures of the application. */
  @Inject
  public Figures(Services services, GrpcServer server) {
    this(services.get(QueueService.class), services.get(SystemService.class), server::openStreams);
  }

  Figures(QueueService queues, SystemService system, IntSupplier openStreams) {
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
