package io.tasklane.container;

import io.tasklane.service.Services;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/**
 * Makes the services of the engine injectable. They are plain objects, so that no call passes
 * through a proxy of the container. An injection waits until the engine has started.
 */
@ApplicationScoped
public class ServiceProducer {
  @EJB private EngineLifecycle lifecycle;

  /** For the container. */
  public ServiceProducer() {}

  /** The services of the running engine. */
  @Produces
  public Services services() {
    return lifecycle.engine().services();
  }
}
