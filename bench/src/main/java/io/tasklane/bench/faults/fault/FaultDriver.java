package io.tasklane.bench.faults.fault;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.tasklane.bench.faults.cluster.Cluster;
import io.tasklane.bench.faults.cluster.ClusterNode;
import io.tasklane.bench.faults.load.Doors;
import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Breaks what the plan says, when it says so, or as soon after it as a fault is allowed: other
 * faults do not wait for it. What was broken is mended again by its own time.
 */
public final class FaultDriver implements AutoCloseable {
  private static final long LOOK_MILLIS = 200;
  private static final Duration HEALING = Duration.ofMinutes(15);
  private static final int THREADS = 4;
  private static final int DYING_SECONDS = 30;

  private final Cluster cluster;
  private final Chronicle chronicle;
  private final Doors doors;
  private final Conditions conditions;
  private final StrayMessages stray;
  private final LongSupplier tasks;
  private final Consumer<String> remark;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);

  /**
   * A driver that has broken nothing yet.
   *
   * @param cluster what is broken
   * @param doors tell whether a node works
   * @param chronicle where it is noted
   * @param queueIds the queues that stray messages go to
   * @param tasks about how many tasks there are
   * @param remark hears what is done
   */
  public FaultDriver(
      Cluster cluster,
      Doors doors,
      Chronicle chronicle,
      List<String> queueIds,
      LongSupplier tasks,
      Consumer<String> remark) {
    this.cluster = cluster;
    this.chronicle = chronicle;
    this.doors = doors;
    this.conditions = new Conditions(cluster.nodes().size(), doors::isReady);
    this.stray = new StrayMessages(cluster.brokerUrl(), queueIds);
    this.tasks = tasks;
    this.remark = remark;
  }

  /** Looks after the other parts of the harness between two faults. */
  public interface Look {
    /** Fails where one of them has failed. */
    void look() throws InterruptedException;
  }

  /**
   * Goes through the plan until the time is over; what could not be done by then is left out.
   *
   * @return how many were left out
   */
  public int run(List<Fault> plan, Duration time, Look look) throws InterruptedException {
    long begin = System.nanoTime();
    Iterator<Fault> coming = plan.iterator();
    Fault next = coming.hasNext() ? coming.next() : null;
    List<Fault> due = new ArrayList<>();
    while (System.nanoTime() - begin < time.toNanos()) {
      long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      while (next != null && next.afterMillis() <= now) {
        due.add(next);
        next = coming.hasNext() ? coming.next() : null;
      }
      due.removeIf(this::strike);
      look.look();
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return due.size();
  }

  /** Does it, unless it is not allowed now. */
  private boolean strike(Fault fault) {
    return switch (fault.kind()) {
      case KILL_DATABASE -> killPart(fault, "postgres");
      case KILL_BROKER -> killPart(fault, "broker");
      case DOUBLE_MESSAGES -> sendStray(fault);
      case DELAY_BROKER -> {
        ClusterNode node = cluster.nodes().get(fault.node());
        note(fault, node.name());
        node.broker().delay(fault.strength());
        later(fault.millis(), node.broker()::mend);
        yield true;
      }
      default -> disable(fault);
    };
  }

  private boolean killPart(Fault fault, String part) {
    List<ProcessHandle> processes = cluster.backbone().part(part);
    if (processes.isEmpty()) {
      return false; // It is dead already, and starts.
    }
    note(fault, part);
    kill(processes);
    return true;
  }

  // Returns when they are gone, so that nobody takes the dead for one that has started again.
  private static void kill(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().orTimeout(DYING_SECONDS, SECONDS).join());
  }

  private boolean sendStray(Fault fault) {
    try {
      stray.send(fault.number(), fault.strength(), tasks.getAsLong());
    } catch (JMSException brokerAway) {
      return false;
    }
    note(fault, "broker");
    later(fault.millis(), () -> sendAgain(fault));
    return true;
  }

  private void sendAgain(Fault fault) {
    try {
      stray.send(fault.number(), fault.strength(), tasks.getAsLong());
    } catch (JMSException brokerAway) {
      remark.accept("fault " + fault.number() + ": the broker is away, no messages come again");
    }
  }

  private boolean disable(Fault fault) {
    int place = fault.node();
    ClusterNode node = cluster.nodes().get(place);
    if (node.processes().isEmpty() || !conditions.allow(fault.kind(), place)) {
      return false;
    }
    conditions.begin(fault.kind(), place);
    note(fault, node.name());
    switch (fault.kind()) {
      case KILL_NODE -> kill(node.processes());
      case STOP_NODE -> node.stop();
      case CUT_DATABASE -> node.database().cut();
      case CUT_BROKER -> node.broker().cut();
      case DELAY_DATABASE -> node.database().delay(fault.strength());
      default -> throw new IllegalArgumentException("no way to disable a node: " + fault);
    }
    later(fault.millis(), () -> mend(place));
    return true;
  }

  private void mend(int place) {
    ClusterNode node = cluster.nodes().get(place);
    node.goOn();
    node.database().mend();
    node.broker().mend();
    awaitFit(place);
  }

  private void awaitFit(int place) {
    if (doors.isReady(place)) {
      conditions.fit(place);
    } else {
      later(2 * LOOK_MILLIS, () -> awaitFit(place));
    }
  }

  private void note(Fault fault, String target) {
    chronicle.add(new Entry.Struck(chronicle.now(), fault.kind().name(), target, fault.millis()));
    remark.accept(
        "fault %d after %.1f s: %s %s%s"
            .formatted(
                fault.number(),
                fault.afterMillis() / 1e3,
                fault.kind(),
                target,
                fault.millis() == 0 ? "" : " for " + fault.millis() + " ms"));
  }

  private void later(long millis, Runnable work) {
    threads.schedule(() -> tell(work), millis, TimeUnit.MILLISECONDS);
  }

  // The executor would keep it to itself; that a node is not fit again is then noticed by heal().
  private void tell(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failed) {
      remark.accept("not mended: " + failed);
      throw failed;
    }
  }

  /**
   * Mends everything and waits until every node works.
   *
   * @return whether they all do, within minutes
   */
  public boolean heal() throws InterruptedException {
    for (ClusterNode node : cluster.nodes()) {
      node.goOn();
      node.database().mend();
      node.broker().mend();
    }
    long begin = System.nanoTime();
    while (!conditions.allFit() && System.nanoTime() - begin < HEALING.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return conditions.allFit();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
