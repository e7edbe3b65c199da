package io.tasklane.retention;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.config.RetentionConfig;
import io.tasklane.database.Database;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.database.Rows;
import io.tasklane.event.DurableCursors;
import io.tasklane.event.EventCompaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The right to clean up, which one node at a time has: an advisory lock of PostgreSQL, which ends
 * with the connection. A node that dies during a clean-up loses it, and the next node finds again
 * what was not finished.
 */
public final class CleanUpSession implements AutoCloseable {
  private static final long LOCK = 0x7461736b6c616e65L; // "tasklane"

  /**
   * Whether no complete run began since the configured hour passed last, in UTC: {@link
   * Retention#lastDue}.
   */
  static final String DUE =
      """
      SELECT NOT EXISTS (
        SELECT FROM cleanup_run WHERE end_time IS NOT NULL AND start_time >= struck)
      FROM (
        SELECT (CASE WHEN today <= now THEN today ELSE today - interval '1 day' END)
            AT TIME ZONE 'UTC' AS struck
        FROM (
          SELECT now, date_trunc('day', now) + :hour * interval '1 hour' AS today
          FROM (SELECT clock_timestamp() AT TIME ZONE 'UTC' AS now) n) d) s""";

  private static final String FORGET =
      "DELETE FROM cleanup_run WHERE start_time < clock_timestamp() - interval '90 days'";
  private static final String BEGIN =
      "INSERT INTO cleanup_run (node) VALUES (:node) RETURNING number";
  private static final String COUNTS =
      Arrays.stream(Removed.values())
          .map(kind -> kind.column() + " = :" + kind.column())
          .collect(Collectors.joining(", "));
  private static final String RECORD =
      "UPDATE cleanup_run SET " + COUNTS + ", fault = :fault, end_time = %s WHERE number = :number";

  private final Connection connection;
  private long number;

  private CleanUpSession(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens a session.
   *
   * @return empty if another node is cleaning up
   * @throws Refusal UNAVAILABLE if the database cannot be reached
   */
  public static Optional<CleanUpSession> open(Database database) {
    CleanUpSession session = new CleanUpSession(connected(database));
    if (session.on(CleanUpSession::lock)) {
      return Optional.of(session);
    }
    session.close();
    return Optional.empty();
  }

  private static Connection connected(Database database) {
    try {
      return database.open();
    } catch (SQLException away) {
      throw unavailable(away);
    }
  }

  private static boolean lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // so that a clean-up neither waits long for a row nor holds one long
      statement.execute("SET lock_timeout = '2s'; SET statement_timeout = '30s'");
      statement.execute("SET enable_seqscan = off; SET jit = off");
      try (ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + LOCK + ")")) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Whether no run has completed since the configured hour last passed. */
  public boolean isDue(int hour) {
    return on(c -> NamedSql.on(c, DUE).set("hour", hour).one(row -> row.getBoolean(1)));
  }

  /** Begins a run of this node, and deletes the records of runs older than 90 days. */
  public void begin(String node) {
    on(c -> NamedSql.on(c, FORGET).update());
    number = on(c -> NamedSql.on(c, BEGIN).set("node", node).one(row -> row.getLong(1)));
  }

  /** All sweeps, in the order in which they run. */
  public static List<Sweep> sweeps(RetentionConfig config) {
    return List.of(
        new ExpiredResults(),
        new EndedTasks(config.tasks(), config.deadLetters()),
        new OldRequests(),
        new OldEvents(new EventCompaction(config.events(), DurableCursors::oldest)),
        OldRows.eventIds(config.events()),
        OldRows.effects(config.effects()),
        OldRows.facts(),
        OldRows.triggerStarts(config.events()),
        OldRows.messages(),
        new OldWorkflows(config.tasks()),
        new OldBatches(config.tasks()),
        OldRows.rollups());
  }

  /** Removes the next few rows; see {@link Sweep#next}. */
  public boolean next(Sweep sweep, RemovalCounts counts) {
    return on(c -> sweep.next(c, counts));
  }

  /** Records what was removed so far, and the fault that stops the run, if there is one. */
  public void record(RemovalCounts counts, Optional<String> fault) {
    write(RECORD.formatted("NULL"), counts, fault);
  }

  /** Records that the run is complete, and what it removed. */
  public void end(RemovalCounts counts) {
    write(RECORD.formatted("clock_timestamp()"), counts, Optional.empty());
  }

  private void write(String sql, RemovalCounts counts, Optional<String> fault) {
    on(
        c -> {
          Parameters parameters = NamedSql.on(c, sql).set("number", number);
          for (Removed kind : Removed.values()) {
            parameters.set(kind.column(), counts.of(kind));
          }
          return parameters.set("fault", fault.map(Rows::storable).orElse(null)).update();
        });
  }

  private <T> T on(Database.Query<T> query) {
    try {
      return query.on(connection);
    } catch (SQLException failed) {
      throw unavailable(failed);
    }
  }

  private static Refusal unavailable(SQLException failed) {
    return Refusal.unavailable(
        RefusalReason.DATABASE_UNAVAILABLE, String.valueOf(failed.getMessage()));
  }

  /** Releases the lock before the connection closes, so that the next node need not wait. */
  @Override
  public void close() {
    on(
        c -> {
          try (c) {
            return NamedSql.on(c, "SELECT pg_advisory_unlock_all()").exists();
          }
        });
  }
}
