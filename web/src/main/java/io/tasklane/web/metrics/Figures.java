package io.tasklane.web.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tasklane.grpc.GrpcServer;
import io.tasklane.ingress.IngressService;
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
  private final IngressService ingress;
  private final IntSupplier openStreams;

  /** For the container's proxies. */
  protected Figures() {
    this(null, null, null, () -> 0);
  }

  /** The figures of the application. */
  @Inject
  public Figures(Services services, GrpcServer server) {
    this(
        services.get(QueueService.class),
        services.get(SystemService.class),
        services.get(IngressService.class),
        server::openStreams);
  }

  Figures(
      QueueService queues, SystemService system, IngressService ingress, IntSupplier openStreams) {
    this.ingress = ingress;
    this.queues = queues;
    this.system = system;
    this.openStreams = openStreams;
  }

  private CounterSnapshot messages() {
    return new Counter(
            "tasklane_jms_messages",
            "Messages that this node received from tasklane.ingress, by what became of them."
                + " Counted since this node started, on this node.")
        .add(ingress.accepted(), "outcome", "accepted")
        .add(ingress.repeated(), "outcome", "repeated")
        .add(ingress.rejected(), "outcome", "rejected")
        .add(ingress.returned(), "outcome", "returned")
        .snapshot();
  }

  /** Every family, by name. */
  public MetricSnapshots now() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    new QueueFamilies(queues).all().forEach(all::metricSnapshot);
    new NodeFamilies(system, openStreams.getAsInt()).all().forEach(all::metricSnapshot);
    all.metricSnapshot(messages());
    return all.build();
  }
}
