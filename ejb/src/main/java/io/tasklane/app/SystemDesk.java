package io.tasklane.app;

import io.tasklane.engine.Engine;
import io.tasklane.engine.EngineRoom;
import io.tasklane.engine.RunningEngine;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the health of the parts is asked after. Nothing here waits for a part: what is answered was
 * found out within the last seconds.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SystemDesk {
  private final Supplier<Engine> engine;

  /** For the container's proxies. */
  public SystemDesk() {
    this.engine = null;
  }

  /** The desk of the running engine. */
  @Inject
  public SystemDesk(EngineRoom room) {
    this.engine = new RunningEngine(room);
  }

  /** The desk of this engine. */
  public SystemDesk(Engine engine) {
    this.engine = () -> engine;
  }

  /**
   * All parts: database, broker, event-log, node-lease, queues, handlers, and what edges have
   * included.
   */
  public List<PartStatus> status() {
    return engine.get().health().status();
  }

  /** Whether the threads live without which this node could do nothing until it is restarted. */
  public PartStatus engine() {
    return engine.get().health().engine();
  }

  /** Has one more part looked after, as long as the application runs. */
  public void include(String component, Probe probe) {
    engine.get().health().include(component, probe);
  }

  /** The figures of this node alone. */
  public NodeFigures figures() {
    return engine.get().health().figures();
  }

  /** All desks of the running engine, without the container; usable as long as the engine runs. */
  public Desks desks() {
    return Desks.of(engine.get());
  }

  /** The last event revision readers can see. */
  public long revision() {
    return engine.get().tail().revision();
  }
}
