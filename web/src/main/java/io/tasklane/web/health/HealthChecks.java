package io.tasklane.web.health;

import io.tasklane.api.ComponentHealth;
import io.tasklane.service.Services;
import io.tasklane.service.SystemService;
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
 * Health checks, with the same texts as {@code MonitoringService.GetSystemStatus}. A node is ready
 * if its database, its broker and its API work. The other components are reported with their data
 * and do not affect readiness, because taking a node out of service would not help them.
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
    return () -> response(services.get(SystemService.class).engine());
  }

  /** The application runs. */
  @Produces
  @Startup
  @ApplicationScoped
  public HealthCheck started() {
    return () -> response(services.get(SystemService.class).engine());
  }

  /** PostgreSQL answers. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck database() {
    return () -> response(component("database"));
  }

  /** The broker is connected. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck broker() {
    return () -> response(component("broker"));
  }

  /** The API answers on its port. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck grpc() {
    return () -> response(component("grpc"));
  }

  /** The lag of the readers of the event log. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck eventLog() {
    return () -> informational(component("event-log"));
  }

  /** How far the JMS topic of events is behind the log. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck eventTopic() {
    return () -> informational(component("event-topic"));
  }

  /** What this node has received from legacy systems by JMS. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck jmsIngress() {
    return () -> informational(component("jms-ingress"));
  }

  /** This node's lease. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck nodeLease() {
    return () -> informational(component("node-lease"));
  }

  /** Who owns which queue. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck queues() {
    return () -> informational(component("queues"));
  }

  /** Whether every handler ends when it is asked to. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck handlers() {
    return () -> informational(component("handlers"));
  }

  /** What fails on this node and is tried again; it is no reason to take the node away. */
  @Produces
  @Readiness
  @ApplicationScoped
  public HealthCheck ongoingFaults() {
    return () -> informational(component("ongoing-faults"));
  }

  private ComponentHealth component(String name) {
    return services.get(SystemService.class).status().stream()
        .filter(health -> health.component().equals(name))
        .findFirst()
        .orElseGet(() -> ComponentHealth.broken(name, "is not there yet", Map.of()));
  }

  private static HealthCheckResponse response(ComponentHealth health) {
    return with(health).status(health.healthy()).build();
  }

  private static HealthCheckResponse informational(ComponentHealth health) {
    return with(health).withData("healthy", health.healthy()).up().build();
  }

  private static HealthCheckResponseBuilder with(ComponentHealth health) {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named(health.component()).withData("detail", health.detail());
    health.data().forEach(response::withData);
    return response;
  }
}
