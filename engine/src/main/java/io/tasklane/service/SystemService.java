package io.tasklane.service;

import io.tasklane.api.ComponentHealth;
import io.tasklane.api.HealthCheck;
import io.tasklane.api.NodeFigures;
import io.tasklane.engine.Engine;
import java.util.List;

/**
 * Reports the health of the components. No call waits for a component: it returns what was found
 * out within the last few seconds.
 */
public class SystemService {
  private final Engine engine;

  /** For subclasses, such as test doubles of the edges. */
  protected SystemService() {
    this.engine = null;
  }

  /** The service of this engine. */
  public SystemService(Engine engine) {
    this.engine = engine;
  }

  /**
   * All components: database, broker, event-log, node-lease, queues, handlers, and those that edges
   * have included.
   */
  public List<ComponentHealth> status() {
    return engine.health().status();
  }

  /**
   * Whether all threads are alive without which this node could do nothing until it is restarted.
   */
  public ComponentHealth engine() {
    return engine.health().engine();
  }

  /** Checks another component, as long as the application runs. */
  public void include(String component, HealthCheck probe) {
    engine.health().include(component, probe);
  }

  /** The figures of this node alone. */
  public NodeFigures figures() {
    return engine.health().figures();
  }

  /** The last event revision readers can see. */
  public long revision() {
    return engine.tail().revision();
  }
}
