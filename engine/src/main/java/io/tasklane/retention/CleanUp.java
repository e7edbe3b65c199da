package io.tasklane.retention;

import io.tasklane.api.Refusal;
import io.tasklane.config.RetentionConfig;
import io.tasklane.database.Database;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Removes once a day what was kept long enough: in small steps with rests between them, on a
 * connection of its own. Every node looks often; whichever finds it due first does it.
 */
public final class CleanUp implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(CleanUp.class.getName());
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Database database;
  private final String node;
  private final RetentionConfig config;
  private volatile boolean closed;

  /**
   * Of this node.
   *
   * @param database where everything is
   * @param node its name, kept with what it did
   * @param config how long things are kept
   */
  public CleanUp(Database database, String node, RetentionConfig config) {
    this.database = database;
    this.node = node;
    this.config = config;
  }

  /**
   * Cleans up, if nobody has since the configured hour struck last. A fault is noted with the run
   * and in the log; the next look tries again.
   *
   * @return what was removed, empty where nothing was due or another node is at it
   */
  public Optional<RemovalCounts> runIfDue() {
    try {
      Optional<CleanUpSession> session = CleanUpSession.open(database);
      return session.isPresent() ? runIfDue(session.get()) : Optional.empty();
    } catch (Refusal away) {
      LOG.warning("no clean-up now: " + away.getMessage() + "; it is tried again soon");
      return Optional.empty();
    }
  }

  private Optional<RemovalCounts> runIfDue(CleanUpSession session) {
    try (session) {
      return session.isDue(config.hour()) ? Optional.of(run(session)) : Optional.empty();
    }
  }

  private RemovalCounts run(CleanUpSession session) {
    session.begin(node);
    RemovalCounts tally = new RemovalCounts();
    try {
      for (Sweep sweep : CleanUpSession.sweeps(config)) {
        while (!closed && session.next(sweep, tally)) {
          LockSupport.parkNanos(REST_NANOS);
        }
        session.record(tally, Optional.empty());
      }
      if (!closed) {
        session.end(tally);
        LOG.info("clean-up removed: " + tally);
      }
    } catch (Refusal fault) {
      LOG.log(Level.WARNING, "the clean-up came no further; it is tried again soon", fault);
      session.record(tally, Optional.of(fault.getMessage()));
    }
    return tally;
  }

  /** Stops after the step under way; the rest is for the next start, or for another node. */
  @Override
  public void close() {
    closed = true;
  }
}
