package io.tasklane.web.health;

import io.tasklane.api.ComponentHealth;
import io.tasklane.service.Services;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * The same words as {@code MonitoringService.GetSystemStatus}. A node is ready where its database,
 * its broker and its API work; the other parts are told with their figures and leave it ready,
 * because taking a node out of service would not help them.
 */
@ApplicationScoped
public class HealthChecks {
  @Inject private Services services;

  /** For the container. */
  public HealthChecks() {}

  /** The threads without which a node does nothing until it is restarted. */
  @Produces
  @Liveness
  @ApplicationScoped
  public HealthCheck live() {
    return () -> told(services.system().engine());
  }

  /** The application runs. */
  @Produces
  @Startup
  @ApplicationScoped
  public HealthCheck started() {
    return () -> told(services.system().engine());
  }

  /** PostgreSQL answers. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck database() {
    return () -> told(part("database"));
  }

  /** The broker is connected. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck broker() {
    return () -> told(part("broker"));
  }

  /** The API answers on its port. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck grpc() {
    return () -> told(part("grpc"));
  }

  /** How far readers of the event log are behind. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck eventLog() {
    return () -> mentioned(part("event-log"));
  }

  /** This node's lease. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck nodeLease() {
    return () -> mentioned(part("node-lease"));
  }

  /** Who owns which queue. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck queues() {
    return () -> mentioned(part("queues"));
  }

  /** Whether every handler ends when it is told to. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck handlers() {
    return () -> mentioned(part("handlers"));
  }

  private ComponentHealth part(String component) {
    return services.system().status().stream()
        .filter(part -> part.component().equals(component))
        .findFirst()
        .orElseGet(() -> ComponentHealth.broken(component, "is not there yet", Map.of()));
  }

  private static HealthCheckResponse told(ComponentHealth part) {
    return with(part).status(part.healthy()).build();
  }

  private static HealthCheckResponse mentioned(ComponentHealth part) {
    return with(part).withData("healthy", part.healthy()).up().build();
  }

  private static HealthCheckResponseBuilder with(ComponentHealth part) {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named(part.component()).withData("detail", part.detail());
    part.data().forEach(response::withData);
    return response;
  }
}
