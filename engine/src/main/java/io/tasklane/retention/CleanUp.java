package io.tasklane.retention;

import io.tasklane.config.RetentionConfig;
import io.tasklane.database.Database;
import io.tasklane.fault.ErrorText;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.feature.EventCodec;
import io.tasklane.feature.Feature;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.logging.Logger;

/**
 * Retention as a feature of the engine. Removes once a day what has passed its retention period: in
 * small steps with pauses between them, on a connection of its own. Every node checks often; the
 * first one that finds it due does it.
 */
public final class CleanUp implements Feature {
  private static final Logger LOG = Logger.getLogger(CleanUp.class.getName());
  private static final String OPENING = "clean-up";
  private static final String SWEEPING = "clean-up: removal of what is over";
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Database database;
  private final String node;
  private final RetentionConfig config;
  private final OngoingFaults faults;
  private final Function<RetentionConfig, List<Sweep>> sweeps;
  private volatile boolean closed;

  /**
   * The clean-up of this node.
   *
   * @param database to clean up
   * @param node its name, recorded with the run
   * @param config retention periods
   * @param faults is told what fails
   */
  public CleanUp(Database database, String node, RetentionConfig config, OngoingFaults faults) {
    this(database, node, config, faults, CleanUpSession::sweeps);
  }

  /** Whose sweeps are these. */
  CleanUp(
      Database database,
      String node,
      RetentionConfig config,
      OngoingFaults faults,
      Function<RetentionConfig, List<Sweep>> sweeps) {
    this.database = database;
    this.node = node;
    this.config = config;
    this.faults = faults;
    this.sweeps = sweeps;
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
      Optional<RemovalCounts> removed =
          session.isPresent() ? runIfDue(session.get()) : Optional.empty();
      faults.ended(OPENING);
      return removed;
    } catch (RuntimeException | Error away) {
      faults.failed(OPENING, away);
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
    AtomicReference<String> fault = new AtomicReference<>();
    boolean complete =
        faults.attemptEach(
            SWEEPING, sweeps.apply(config), sweep -> run(session, sweep, counts, fault));
    if (!complete) { // not ended, so that it stays due
      session.record(counts, Optional.of(String.valueOf(fault.get())));
    } else if (!closed) {
      session.end(counts);
      LOG.info("clean-up removed: " + counts);
    }
    return counts;
  }

  /** A sweep that fails keeps none of the others from removing what is theirs. */
  private void run(
      CleanUpSession session, Sweep sweep, RemovalCounts counts, AtomicReference<String> fault) {
    try {
      while (!closed && session.next(sweep, counts)) {
        LockSupport.parkNanos(REST_NANOS);
      }
      session.record(counts, Optional.empty());
    } catch (RuntimeException | Error failed) {
      fault.compareAndSet(null, ErrorText.of(failed));
      throw failed;
    }
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
