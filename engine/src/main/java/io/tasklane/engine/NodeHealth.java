package io.tasklane.engine;

import io.tasklane.api.ComponentHealth;
import io.tasklane.api.HealthCheck;
import io.tasklane.api.NodeFigures;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.event.EventTail;
import io.tasklane.monitor.SystemHealth;
import io.tasklane.node.LeaseKeeper;
import io.tasklane.queue.dispatch.Dispatch;
import io.tasklane.signal.SignalSender;
import io.tasklane.task.run.RunWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How this node is. Whatever is asked here is answered at once. */
public final class NodeHealth implements AutoCloseable {
  /**
   * The parts that know how they are.
   *
   * @param committer writes
   * @param tail follows the event log
   * @param lease of this node
   * @param dispatch runs tasks
   * @param sender sends messages
   * @param watch looks after runs
   */
  record Parts(
      GroupCommitter committer,
      EventTail tail,
      LeaseKeeper lease,
      Dispatch dispatch,
      SignalSender sender,
      RunWatch watch) {}

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Parts parts;
  private final SystemHealth checkup;

  NodeHealth(Parts parts, SystemHealth checkup) {
    this.parts = parts;
    this.checkup = checkup;
  }

  /** Looks after one more part from now on. */
  public void include(String component, HealthCheck probe) {
    checkup.include(component, probe);
  }

  /**
   * All parts: database, broker, event-log, node-lease, queues, handlers, and what was included.
   */
  public List<ComponentHealth> status() {
    List<ComponentHealth> all = new ArrayList<>();
    all.add(checkup.database());
    all.add(broker());
    all.add(checkup.eventLog(parts.tail().fault()));
    all.add(lease());
    all.add(checkup.queues());
    all.add(handlers());
    all.addAll(checkup.included());
    return all;
  }

  /** Whether the threads live without which this node could do nothing until it is restarted. */
  public ComponentHealth engine() {
    Map<String, String> data = new TreeMap<>();
    data.put("committer", word(parts.committer().isAlive()));
    data.put("event-tail", word(parts.tail().isAlive()));
    data.put("lease-keeper", word(parts.lease().isAlive()));
    return data.containsValue("dead")
        ? ComponentHealth.broken("engine", "a thread has died: restart the node", data)
        : ComponentHealth.fine("engine", "works", data);
  }

  private static String word(boolean alive) {
    return alive ? "alive" : "dead";
  }

  /** The figures of this node alone. */
  public NodeFigures figures() {
    return new NodeFigures(
        parts.committer().commits(),
        parts.tail().eventsRead(),
        checkup.tailLag(),
        parts.lease().isHeld(),
        parts.lease().losses());
  }

  private ComponentHealth broker() {
    String fault = parts.sender().fault();
    if (fault.isEmpty() && parts.dispatch().isBrokerAway()) {
      fault = "the broker cannot be reached: some queue's consumer is not connected";
    }
    return fault.isEmpty()
        ? ComponentHealth.fine("broker", "connected", Map.of())
        : ComponentHealth.broken("broker", fault, Map.of());
  }

  /** Between the interrupt and the end of a handler that listens lie milliseconds. */
  private ComponentHealth handlers() {
    Optional<RunWatch.Overstay> over =
        parts.watch().longestOverstay().filter(stay -> stay.since().compareTo(PATIENCE) > 0);
    Map<String, String> data = Map.of("running", Integer.toString(parts.watch().size()));
    if (over.isEmpty()) {
      return ComponentHealth.fine("handlers", "none ignores its interrupt", data);
    }
    return ComponentHealth.broken(
        "handlers",
        over.get().task()
            + " has not ended "
            + over.get().since().toSeconds()
            + " s after its interrupt, and occupies "
            + over.get().queue()
            + "; mend its handler",
        data);
  }

  private ComponentHealth lease() {
    LeaseKeeper lease = parts.lease();
    Duration left = lease.left();
    Map<String, String> data =
        Map.of(
            "node", lease.node().name(),
            "incarnation", Long.toString(lease.node().incarnation()),
            "left-ms", Long.toString(left.toMillis()));
    return left.isZero()
        ? ComponentHealth.broken(
            "node-lease", "over; this node runs nothing until it is renewed", data)
        : ComponentHealth.fine(
            "node-lease", "held for " + left.toMillis() + " ms more, and renewed", data);
  }

  @Override
  public void close() {
    checkup.close();
  }
}
