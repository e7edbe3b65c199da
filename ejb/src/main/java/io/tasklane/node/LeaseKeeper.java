package io.tasklane.node;

import io.tasklane.store.Database;
import io.tasklane.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps this node's lease: renews it every second on a connection of its own, knows when it is
 * over, and buries nodes that have been silent for a whole lease.
 */
public final class LeaseKeeper implements AutoCloseable {
  /** How long a node counts as living without a sign of life. */
  public static final Duration LEASE = Duration.ofSeconds(6);

  private static final Logger LOG = Logger.getLogger(LeaseKeeper.class.getName());
  private static final Duration RENEWAL = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Database database;
  private final NodeFile file;
  private final String name;
  private final Ticker ticker;
  private final Runnable leaseIsOver;
  private final Silence silence;
  private final Thread thread;
  private Connection connection;
  private volatile Node node;
  private volatile long lastRenewal;
  private volatile boolean over;
  private volatile long losses;
  private volatile boolean closed;

  /**
   * Begins a new start of the node.
   *
   * @param database where leases are
   * @param name of the node
   * @param dataDir where its lock file stands
   * @param ticker monotonic time
   * @param threads makes its thread
   * @param leaseIsOver called when the lease has run out; nothing this node runs counts any more
   * @throws IllegalStateException where the node runs already, or the lease cannot be written
   */
  public LeaseKeeper(
      Database database,
      String name,
      Path dataDir,
      Ticker ticker,
      ThreadFactory threads,
      Runnable leaseIsOver) {
    this.database = database;
    this.name = name;
    this.ticker = ticker;
    this.leaseIsOver = leaseIsOver;
    this.silence = new Silence(ticker, LEASE);
    this.file = NodeFile.lock(dataDir, name);
    try {
      begin();
    } catch (SQLException away) {
      drop();
      file.close();
      throw new IllegalStateException("node " + name + " cannot write its lease", away);
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

  /** How long the lease still counts without another renewal; zero where it is over. */
  public Duration left() {
    Duration left = LEASE.minus(ticker.since(lastRenewal));
    return over || left.isNegative() ? Duration.ZERO : left;
  }

  /** How often it ran out or was taken, since this process started. */
  public long losses() {
    return losses;
  }

  /** Whether its thread still works. */
  public boolean isAlive() {
    return thread.isAlive();
  }

  private void begin() throws SQLException {
    long sent = ticker.nanos();
    if (connection == null) {
      connection = database.open();
    }
    node = new NodeLeaseRow(connection).begin(name, host(), file.path().toString());
    lastRenewal = sent;
    over = false;
  }

  private void keep() {
    long next = ticker.nanos();
    while (!closed) {
      if (ticker.nanos() - next >= 0) {
        next = ticker.nanos() + RENEWAL.toNanos();
        renew();
      }
      if (!over && !isHeld()) {
        lose();
        LOG.severe("node " + name + " could not renew its lease; its runs are stopped");
        leaseIsOver.run();
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private void renew() {
    long sent = ticker.nanos(); // counted from before the renewal, never from its answer
    try {
      if (connection == null) {
        connection = database.open();
        silence.forget();
      }
      NodeLeaseRow row = new NodeLeaseRow(connection);
      if (!over && row.renew(node)) {
        lastRenewal = sent;
      } else {
        startAnew();
      }
      for (NodeLeaseRow.Seen silent : silence.observe(row.living())) {
        if (!silent.name().equals(name) && row.bury(silent)) {
          LOG.warning("node " + silent.name() + " was silent for a whole lease and counts as dead");
        }
      }
    } catch (SQLException away) {
      LOG.log(
          Level.WARNING, "node " + name + " cannot reach the database to renew its lease", away);
      drop();
    }
  }

  /** The lease ran out, or others buried this node: what it ran is lost, and it begins anew. */
  private void startAnew() throws SQLException {
    if (!over) {
      lose();
      leaseIsOver.run();
    }
    begin();
    LOG.warning("node " + name + " lost its lease and begins anew as " + node.incarnation());
  }

  private void lose() {
    over = true;
    losses = losses + 1; // only the keeper's thread counts
  }

  private void drop() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException alreadyGone) {
      LOG.log(Level.FINE, "closing a lost connection", alreadyGone);
    }
    connection = null;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException unnamed) {
      return "localhost";
    }
  }

  /** Ends the lease in good order, so that others need not wait for it. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(2).toMillis());
      if (connection != null) {
        new NodeLeaseRow(connection).end(node);
      }
    } catch (SQLException away) {
      LOG.log(Level.FINE, "the lease ends by itself", away);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    drop();
    file.close();
  }
}
