package io.tasklane.engine;

import io.tasklane.app.NodeFigures;
import io.tasklane.app.PartStatus;
import io.tasklane.app.Probe;
import io.tasklane.event.EventTail;
import io.tasklane.monitor.Checkup;
import io.tasklane.node.LeaseKeeper;
import io.tasklane.queue.Dispatch;
import io.tasklane.queue.jms.QueueSender;
import io.tasklane.store.GroupCommitter;
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
      QueueSender sender,
      RunWatch watch) {}

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Parts parts;
  private final Checkup checkup;

  NodeHealth(Parts parts, Checkup checkup) {
    this.parts = parts;
    this.checkup = checkup;
  }

  /** Looks after one more part from now on. */
  public void include(String component, Probe probe) {
    checkup.include(component, probe);
  }

  /**
   * All parts: database, broker, event-log, node-lease, queues, handlers, and what was included.
   */
  public List<PartStatus> status() {
    List<PartStatus> all = new ArrayList<>();
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
  public PartStatus engine() {
    Map<String, String> data = new TreeMap<>();
    data.put("committer", word(parts.committer().isAlive()));
    data.put("event-tail", word(parts.tail().isAlive()));
    data.put("lease-keeper", word(parts.lease().isAlive()));
    return data.containsValue("dead")
        ? PartStatus.broken("engine", "a thread has died: restart the node", data)
        : PartStatus.fine("engine", "works", data);
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

  private PartStatus broker() {
    String fault = parts.sender().fault();
    if (fault.isEmpty() && parts.dispatch().isBrokerAway()) {
      fault = "the broker cannot be reached: some queue's consumer is not connected";
    }
    return fault.isEmpty()
        ? PartStatus.fine("broker", "connected", Map.of())
        : PartStatus.broken("broker", fault, Map.of());
  }

  /** Between the interrupt and the end of a handler that listens lie milliseconds. */
  private PartStatus handlers() {
    Optional<RunWatch.Overstay> over =
        parts.watch().longestOverstay().filter(stay -> stay.since().compareTo(PATIENCE) > 0);
    Map<String, String> data = Map.of("running", Integer.toString(parts.watch().size()));
    if (over.isEmpty()) {
      return PartStatus.fine("handlers", "none ignores its interrupt", data);
    }
    return PartStatus.broken(
        "handlers",
        over.get().task()
            + " has not ended "
            + over.get().since().toSeconds()
            + " s after its interrupt, and occupies "
            + over.get().queue()
            + "; mend its handler",
        data);
  }

  private PartStatus lease() {
    LeaseKeeper lease = parts.lease();
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

  @Override
  public void close() {
    checkup.close();
  }
}
