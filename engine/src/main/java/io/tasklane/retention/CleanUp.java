package io.tasklane.retention;

import io.tasklane.api.Refusal;
import io.tasklane.config.RetentionConfig;
import io.tasklane.database.Database;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.Feature;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Retention as a feature of the engine. Removes once a day what has passed its retention period: in
 * small steps with pauses between them, on a connection of its own. Every node checks often; the
 * first one that finds it due does it.
 */
public final class CleanUp implements Feature {
  private static final Logger LOG = Logger.getLogger(CleanUp.class.getName());
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Database database;
  private final String node;
  private final RetentionConfig config;
  private volatile boolean closed;

  /**
   * The clean-up of this node.
   *
   * @param database to clean up
   * @param node its name, recorded with the run
   * @param config retention periods
   */
  public CleanUp(Database database, String node, RetentionConfig config) {
    this.database = database;
    this.node = node;
    this.config = config;
  }

  /**
   * Cleans up, unless a node has done so since the configured hour last passed. A fault is recorded
   * with the run and logged; the next check tries again.
   *
   * @return what was removed, empty if nothing was due or another node is cleaning up
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
    RemovalCounts counts = new RemovalCounts();
    try {
      for (Sweep sweep : CleanUpSession.sweeps(config)) {
        while (!closed && session.next(sweep, counts)) {
          LockSupport.parkNanos(REST_NANOS);
        }
        session.record(counts, Optional.empty());
      }
      if (!closed) {
        session.end(counts);
        LOG.info("clean-up removed: " + counts);
      }
    } catch (Refusal fault) {
      LOG.log(Level.WARNING, "the clean-up came no further; it is tried again soon", fault);
      session.record(counts, Optional.of(fault.getMessage()));
    }
    return counts;
  }

  @Override
  public List<EventCodec> events() {
    return List.of(RemovalEvents.CODEC);
  }

  /** Stops after the current step; the rest is left to the next start, or to another node. */
  @Override
  public void close() {
    closed = true;
  }
}
