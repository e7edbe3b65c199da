package io.tasklane.app;

import io.tasklane.engine.Engine;
import io.tasklane.engine.EngineRoom;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;

/** Where the health of the parts is asked after. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SystemDesk {
  /**
   * One part of the system.
   *
   * @param component such as "database", "broker", "event-log", "node-lease"
   * @param healthy whether it works
   * @param detail what was seen, for people
   */
  public record ComponentStatus(String component, boolean healthy, String detail) {}

  private final Supplier<Engine> engine;

  /** For the container's proxies. */
  protected SystemDesk() {
    this.engine = null;
  }

  /** The desk of the running engine. */
  @Inject
  public SystemDesk(EngineRoom room) {
    this.engine = room::engine;
  }

  /** The desk of this engine. */
  public SystemDesk(Engine engine) {
    this.engine = () -> engine;
  }

  /** All parts, as they are now. */
  public List<ComponentStatus> status() {
    Engine running = engine.get();
    return List.of(
        database(running),
        of("broker", running.brokerFault(), "connected"),
        of("event-log", running.tail().fault(), "at " + running.tail().now().encode()),
        of(
            "node-lease",
            running.isLeaseHeld() ? "" : "over; this node runs nothing until it is renewed",
            "held"));
  }

  private static ComponentStatus database(Engine running) {
    try {
      return of("database", running.database().answers() ? "" : "does not answer", "answers");
    } catch (Refusal away) {
      return of("database", away.getMessage(), "");
    }
  }

  private static ComponentStatus of(String component, String fault, String fine) {
    return new ComponentStatus(component, fault.isEmpty(), fault.isEmpty() ? fine : fault);
  }

  /** The last event revision readers can see. */
  public long revision() {
    return engine.get().tail().revision();
  }
}
