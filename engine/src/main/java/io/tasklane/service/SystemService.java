package io.tasklane.service;

import io.tasklane.api.ComponentHealth;
import io.tasklane.api.HealthCheck;
import io.tasklane.api.NodeFigures;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.event.EventTail;
import io.tasklane.fault.OngoingFault;
import io.tasklane.fault.OngoingFaults;
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

/**
 * Reports the health of this node. No call waits for a component: it returns what was found out
 * within the last few seconds.
 */
public class SystemService {
  /**
   * The components that know their own health.
   *
   * @param committer writes
   * @param tail follows the event log
   * @param lease of this node
   * @param dispatch runs tasks
   * @param sender sends ready signals
   * @param watch supervises runs
   * @param faults what fails and is tried again
   */
  public record Components(
      GroupCommitter committer,
      EventTail tail,
      LeaseKeeper lease,
      Dispatch dispatch,
      SignalSender sender,
      RunWatch watch,
      OngoingFaults faults) {}

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_FAULTS = 20;

  private final Components components;
  private final SystemHealth health;

  /** For subclasses, such as test doubles of the edges. */
  protected SystemService() {
    this(null, null);
  }

  /** The service over these components. */
  public SystemService(Components components, SystemHealth health) {
    this.components = components;
    this.health = health;
  }

  /** Checks another component, as long as the application runs. */
  public void include(String component, HealthCheck probe) {
    health.include(component, probe);
  }

  /**
   * All components: database, broker, event-log, node-lease, queues, handlers, ongoing-faults, and
   * those that edges have included.
   */
  public List<ComponentHealth> status() {
    List<ComponentHealth> all = new ArrayList<>();
    all.add(health.database());
    all.add(broker());
    all.add(health.eventLog(components.tail().fault()));
    all.add(lease());
    all.add(health.queues());
    all.add(handlers());
    all.add(ongoingFaults());
    all.addAll(health.included());
    return all;
  }

  /** Why the database cannot be reached, if no check of it has succeeded for some seconds. */
  public Optional<String> databaseOutage() {
    return health.databaseOutage();
  }

  /**
   * Ends the reads that have waited for a database that is away, so that their threads are free.
   */
  public void giveUpReads() {
    health.giveUpReads();
  }

  /**
   * Whether all threads are alive without which this node could do nothing until it is restarted.
   */
  public ComponentHealth engine() {
    Map<String, String> data = new TreeMap<>();
    data.put("committer", word(components.committer().isAlive()));
    data.put("event-tail", word(components.tail().isAlive()));
    data.put("lease-keeper", word(components.lease().isAlive()));
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
        components.committer().commits(),
        components.tail().eventsRead(),
        health.tailLag(),
        components.lease().isHeld(),
        components.lease().losses(),
        components.faults().size());
  }

  /** The last event revision readers can see. */
  public long revision() {
    return components.tail().revision();
  }

  private ComponentHealth broker() {
    String fault = components.sender().fault();
    if (fault.isEmpty() && components.dispatch().isBrokerAway()) {
      fault = "the broker cannot be reached: some queue's consumer is not connected";
    }
    return fault.isEmpty()
        ? ComponentHealth.fine("broker", "connected", Map.of())
        : ComponentHealth.broken("broker", fault, Map.of());
  }

  /** Between the interrupt and the end of a handler that obeys it lie milliseconds. */
  private ComponentHealth handlers() {
    Optional<RunWatch.Overstay> over =
        components.watch().longestOverstay().filter(stay -> stay.since().compareTo(PATIENCE) > 0);
    Map<String, String> data =
        Map.of(
            "running", Integer.toString(components.watch().size()),
            "orphaned-runs-ended", Long.toString(components.dispatch().orphanedRuns()));
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

  /** What has failed on this node and is tried again, the longest first. */
  public List<OngoingFault> faults() {
    return components.faults().all();
  }

  private ComponentHealth ongoingFaults() {
    List<OngoingFault> faults = faults();
    if (faults.isEmpty()) {
      return ComponentHealth.fine("ongoing-faults", "nothing fails", Map.of());
    }
    Map<String, String> data = new TreeMap<>();
    faults.stream().limit(MOST_FAULTS).forEach(fault -> data.put(fault.work(), fault.inWords()));
    OngoingFault longest = faults.get(0);
    String detail =
        faults.size()
            + " kinds of work fail and are tried again; the longest: "
            + longest.work()
            + ", "
            + longest.inWords();
    return ComponentHealth.broken("ongoing-faults", detail, data);
  }

  private ComponentHealth lease() {
    LeaseKeeper lease = components.lease();
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
}
