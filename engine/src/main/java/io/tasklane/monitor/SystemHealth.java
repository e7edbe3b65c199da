package io.tasklane.monitor;

import io.tasklane.api.ComponentHealth;
import io.tasklane.api.HealthCheck;
import io.tasklane.database.Database;
import io.tasklane.database.KeptConnection;
import io.tasklane.event.ResumeToken;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/**
 * Checks the components that could hang: the database, and those that the edges add. Its answers
 * were found out before, so that health is reported at once even while a component hangs.
 */
public final class SystemHealth implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Two checks in a row have failed then, or one has no answer. */
  private static final Duration OUTAGE = Duration.ofMillis(2500);

  private final Database reads;
  private final KeptConnection connection;
  private final Supplier<ResumeToken> seen;
  private final Runnable alongside;
  private final ThreadFactory threads;
  private final OngoingFaults faults;
  private final List<PeriodicHealthCheck> checks = new CopyOnWriteArrayList<>();
  private final PeriodicHealthCheck database;
  private volatile DatabaseHealth signs = DatabaseHealth.UNKNOWN;

  /**
   * Starts checking.
   *
   * @param database to check
   * @param seen what readers on this node have seen of the log
   * @param alongside read from the database with each check
   * @param threads makes its threads
   * @param faults is told where what is read with a check fails; the database is not to blame
   */
  public SystemHealth(
      Database database,
      Supplier<ResumeToken> seen,
      Runnable alongside,
      ThreadFactory threads,
      OngoingFaults faults) {
    this.reads = database;
    this.connection = new KeptConnection(database, PATIENCE, opened -> {});
    this.seen = seen;
    this.alongside = alongside;
    this.threads = threads;
    this.faults = faults;
    this.database = new PeriodicHealthCheck("database", this::askDatabase, Ticker.SYSTEM, threads);
  }

  private Map<String, String> askDatabase() throws SQLException {
    long begin = Ticker.SYSTEM.nanos();
    signs = connection.with(c -> DatabaseHealth.read(c, seen.get()));
    long millis = Ticker.SYSTEM.since(begin).toMillis();
    faults.attempt("ages of the oldest tasks", alongside);
    return Map.of("answer-ms", Long.toString(millis));
  }

  /** Checks another component from now on. */
  public void include(String component, HealthCheck probe) {
    checks.add(new PeriodicHealthCheck(component, probe, Ticker.SYSTEM, threads));
  }

  /** The health of the database. */
  public ComponentHealth database() {
    return database.status();
  }

  /** Why the database cannot be reached, if no check of it has succeeded for a while. */
  public Optional<String> databaseOutage() {
    return database.outage(OUTAGE);
  }

  /** Ends the reads that have waited for a database that is away. */
  public void giveUpReads() {
    reads.giveUpReads();
  }

  /** The health of the included components. */
  public List<ComponentHealth> included() {
    return checks.stream().map(PeriodicHealthCheck::status).toList();
  }

  /** How far readers of the log on this node lag, as of the last check. */
  public Duration tailLag() {
    return signs.lag();
  }

  /**
   * The health of the log as readers on this node see it.
   *
   * @param fault why the tail cannot read, empty while it can
   */
  public ComponentHealth eventLog(String fault) {
    Map<String, String> data = new TreeMap<>();
    data.put("lag-ms", Long.toString(signs.lag().toMillis()));
    data.put("position", seen.get().encode());
    data.put("held-back", Boolean.toString(signs.heldBack()));
    return fault.isEmpty()
        ? ComponentHealth.fine("event-log", lagInWords(), data)
        : ComponentHealth.broken("event-log", fault, data);
  }

  private String lagInWords() {
    if (signs.lag().compareTo(Duration.ofSeconds(2)) < 0) {
      return "read up to the present";
    }
    String behind = "readers are " + signs.lag().toSeconds() + " s behind";
    return signs.heldBack()
        ? behind
            + ": a transaction is open in this PostgreSQL server; look for it in pg_stat_activity"
            + " and pg_prepared_xacts, and end it"
        : behind + ": this node reads more slowly than events come";
  }

  /** The health of queue ownership: which queues have no owner. */
  public ComponentHealth queues() {
    Map<String, String> data = new TreeMap<>();
    List<String> none = new ArrayList<>();
    signs
        .owners()
        .forEach(
            (queue, owner) -> {
              data.put(queue, owner.orElse("none"));
              if (owner.isEmpty()) {
                none.add(queue);
              }
            });
    String detail =
        none.isEmpty() ? "each has an owner" : "without an owner: " + String.join(", ", none);
    return new ComponentHealth("queues", none.isEmpty(), detail, data);
  }

  @Override
  public void close() {
    checks.forEach(PeriodicHealthCheck::close);
    database.close();
    if (database.hasEnded()) {
      connection.close();
    }
  }
}
