package io.tasklane.app;

import io.tasklane.engine.Engine;
import io.tasklane.engine.EngineRoom;
import io.tasklane.node.LeaseKeeper;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** All parts: database, broker, event-log, node-lease, queues, and what edges have included. */
  public List<PartStatus> status() {
    Engine running = engine.get();
    List<PartStatus> parts = new ArrayList<>();
    parts.add(running.checkup().database());
    parts.add(broker(running));
    parts.add(running.checkup().eventLog(running.tail().fault()));
    parts.add(lease(running.lease()));
    parts.add(running.checkup().queues());
    parts.addAll(running.checkup().included());
    return parts;
  }

  /** Whether the threads live without which this node could do nothing until it is restarted. */
  public PartStatus engine() {
    Engine running = engine.get();
    Map<String, String> data = new TreeMap<>();
    data.put("committer", word(running.committer().isAlive()));
    data.put("event-tail", word(running.tail().isAlive()));
    data.put("lease-keeper", word(running.lease().isAlive()));
    return data.containsValue("dead")
        ? PartStatus.broken("engine", "a thread has died: restart the node", data)
        : PartStatus.fine("engine", "works", data);
  }

  private static String word(boolean alive) {
    return alive ? "alive" : "dead";
  }

  /** Has one more part looked after, as long as the application runs. */
  public void include(String component, Probe probe) {
    engine.get().checkup().include(component, probe);
  }

  /** The figures of this node alone. */
  public NodeFigures figures() {
    return engine.get().figures();
  }

  private static PartStatus broker(Engine running) {
    String fault = running.brokerFault();
    return new PartStatus(
        "broker", fault.isEmpty(), fault.isEmpty() ? "connected" : fault, Map.of());
  }

  private static PartStatus lease(LeaseKeeper lease) {
    Duration left = lease.left();
    Map<String, String> data =
        Map.of(
            "node", lease.node().name(),
            "incarnation", Long.toString(lease.node().incarnation()),
            "left-ms", Long.toString(left.toMillis()));
    return left.isZero()
        ? PartStatus.broken("node-lease", "over; this node runs nothing until it is renewed", data)
        : PartStatus.fine(
            "node-lease", "held for " + left.toMillis() + " ms more, and renewed", data);
  }

  /** The last event revision readers can see. */
  public long revision() {
    return engine.get().tail().revision();
  }
}
