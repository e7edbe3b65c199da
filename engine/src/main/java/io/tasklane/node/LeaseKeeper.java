package io.tasklane.node;

import io.tasklane.database.Database;
import io.tasklane.database.KeptConnection;
import io.tasklane.fault.FatalErrors;
import io.tasklane.time.Ticker;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps this node's lease: renews it every second on a connection of its own, knows when it has
 * expired, and declares other nodes dead.
 */
public final class LeaseKeeper implements AutoCloseable {
  /** Is notified of what the keeper finds out, on the keeper's thread; must not block. */
  @FunctionalInterface
  public interface Listener {
    /** The lease has expired or was taken: no run of this node counts any more. */
    void leaseIsOver();

    /** Another node was declared dead, and its queues are free. */
    default void nodeIsGone() {}

    /** The lease cannot be renewed now, or others cannot be looked at; it is tried again. */
    default void failed(Throwable why) {}

    /** Nothing of that kind has failed at the last look. */
    default void works() {}
  }

  /** How long a node counts as living without a renewal. */
  public static final Duration LEASE = Duration.ofSeconds(6);

  private static final Logger LOG = Logger.getLogger(LeaseKeeper.class.getName());
  private static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(200);

  /**
   * Together with the time to reconnect, short enough to notice in time that the lease has expired.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final NodeFile file;
  private final String name;
  private final Ticker ticker;
  private final Listener listener;
  private final OtherNodes others;
  private final Thread thread;
  private final KeptConnection connection;
  private volatile Node node;
  private volatile long lastRenewal;
  private volatile boolean over;
  private boolean nameTaken;
  private long next;
  private boolean stopTold;
  private volatile long losses;
  private volatile boolean stopping;
  private volatile boolean closed;

  /**
   * Begins a new start of the node. If the previous start may be alive, waits for a renewal by it,
   * at most for the duration of a lease.
   *
   * @param database where leases are stored
   * @param name of the node
   * @param dataDir where its lock file is
   * @param ticker monotonic time
   * @param threads makes its thread
   * @param listener is notified of what it finds out
   * @throws IllegalStateException if the node runs already, or the lease cannot be written
   */
  public LeaseKeeper(
      Database database,
      String name,
      Path dataDir,
      Ticker ticker,
      ThreadFactory threads,
      Listener listener) {
    this.name = name;
    this.ticker = ticker;
    this.listener = listener;
    this.others = new OtherNodes(name, new LeaseObservation(ticker, LEASE));
    this.connection = new KeptConnection(database, PATIENCE, opened -> others.forget());
    this.file = NodeFile.lock(dataDir, name);
    try {
      takeName();
    } catch (SQLException away) {
      throw closedFor(new IllegalStateException("node " + name + " cannot write its lease", away));
    } catch (IllegalStateException taken) {
      throw closedFor(taken);
    }
    this.thread = threads.newThread(this::keep);
    this.thread.setName("tasklane-lease-keeper");
    this.thread.start();
  }

  /** This start of the node. */
  public Node node() {
    return node;
  }

  /** Whether this node may rely on its lease. */
  public boolean isHeld() {
    return !over && ticker.since(lastRenewal).compareTo(LEASE) < 0;
  }

  /** How long the lease is valid without another renewal; zero if it has expired. */
  public Duration left() {
    Duration left = LEASE.minus(ticker.since(lastRenewal));
    return over || left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether no other node was alive when it last looked, at most about a second ago. */
  public boolean isAlone() {
    return others.isEmpty();
  }

  /** How often the lease expired or was taken, since this process started. */
  public long losses() {
    return losses;
  }

  /** Whether its thread is alive. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  private IllegalStateException closedFor(IllegalStateException why) {
    connection.close();
    file.close();
    return why;
  }

  /** Two data folders, or two machines, may use the same name; only one of them gets the lease. */
  private void takeName() throws SQLException {
    NodeLeaseRow row = new NodeLeaseRow(connection.get());
    LeaseObservation observation = new LeaseObservation(ticker, LEASE);
    Optional<NodeLeaseRow.Seen> first = row.living(name);
    Optional<NodeLeaseRow.Seen> holder = first;
    while (!begins(row, holder.filter(before -> observation.isOver(before, file)))) {
      if (holder.isPresent() && !holder.equals(first)) {
        throw new IllegalStateException(
            "node "
                + name
                + " runs already on "
                + holder.get().file().host()
                + "; stop it, or set tasklane.node to another name");
      }
      LockSupport.parkNanos(LOOK.toNanos());
      holder = row.living(name);
    }
  }

  private boolean begins(NodeLeaseRow row, Optional<NodeLeaseRow.Seen> before) throws SQLException {
    long sent = ticker.nanos();
    Optional<Node> begun = row.begin(name, file.file(), before);
    begun.ifPresent(
        start -> {
          node = start;
          lastRenewal = sent;
          over = false;
        });
    return begun.isPresent();
  }

  private void keep() {
    next = ticker.nanos();
    while (!closed) {
      turn(this::renewOrProbe);
      turn(this::stopIfOver); // also where the renewal has thrown
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private void renewOrProbe() {
    if (ticker.nanos() - next >= 0 || stopping && !stopTold) {
      stopTold = stopping;
      next = ticker.nanos() + RENEWAL.toNanos();
      reach(this::renew);
    } else if (connection.isOpen()) {
      reach(others::probe);
    }
  }

  private void stopIfOver() {
    if (!over && !isHeld()) {
      lose();
      LOG.severe("node " + name + " could not renew its lease; its runs are stopped");
      listener.leaseIsOver();
    }
  }

  /** Whatever a turn throws, the next one follows: without its keeper the node loses its lease. */
  private void turn(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException | Error fault) {
      FatalErrors.passOn(fault);
      listener.failed(fault);
    }
  }

  @FunctionalInterface
  private interface Look {
    /** Whether another node was declared dead. */
    boolean at(NodeLeaseRow row) throws SQLException;
  }

  private void reach(Look look) {
    try {
      if (connection.with(c -> look.at(new NodeLeaseRow(c)))) {
        listener.nodeIsGone();
      }
      listener.works();
    } catch (SQLException away) {
      LOG.log(
          Level.WARNING, "node " + name + " cannot reach the database to renew its lease", away);
      listener.failed(away);
    }
  }

  /**
   * Renews even a lease that has expired, as long as nobody has taken it: runs that have ended
   * since can then still be completed.
   */
  private boolean renew(NodeLeaseRow row) throws SQLException {
    long sent = ticker.nanos(); // counted from before the renewal, never from its response
    if (row.renew(node, stopping)) {
      lastRenewal = sent;
      over = false;
    } else {
      startAnew(row);
    }
    return others.look(row);
  }

  /**
   * Other nodes declared this node dead: its runs are lost, and it starts with a new incarnation.
   */
  private void startAnew(NodeLeaseRow row) throws SQLException {
    if (!over) {
      lose();
      listener.leaseIsOver();
    }
    boolean begun = begins(row, Optional.empty());
    if (begun) {
      LOG.warning("node " + name + " lost its lease and begins anew as " + node.incarnation());
    } else if (!nameTaken) {
      LOG.severe(
          "another process runs as node " + name + "; until it is gone this one runs nothing");
    }
    nameTaken = !begun;
  }

  private void lose() {
    over = true;
    losses = losses + 1; // written only by the keeper's thread
  }

  /**
   * The node begins to stop in order, which the next renewal tells the others: runs that have not
   * ended when the process does count as handed back, not as lost.
   */
  public void nodeStops() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  /** Ends the lease on a clean stop, so that others need not wait for it to expire. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(2).toMillis());
      if (connection.isOpen()) {
        new NodeLeaseRow(connection.get()).end(node);
      }
    } catch (SQLException away) {
      LOG.log(Level.FINE, "the lease ends by itself", away);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    connection.close();
    file.close();
  }
}
