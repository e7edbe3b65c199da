package io.tasklane.store;

import io.tasklane.app.Refusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs batches on the committer's connection, and finds out what became of one that was cut off.
 */
final class Transactions {
  private static final Logger LOG = Logger.getLogger(Transactions.class.getName());
  private static final int TRANSIENT_TRIES = 5;
  private static final String ENDED_FOR_IDLING = "25P03";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The class of errors of a database that lacks room on its disk, memory or connections. */
  private static final String LACKING = "53";

  private static final String DISK_FULL = "53100";

  /** Another node was first: the next try finds what it wrote. */
  private static final String UNIQUE_VIOLATION = "23505";

  private static final int LOOKUP_TRIES = 60;
  private static final long LOOKUP_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Database database;
  private final CommitMark mark = new CommitMark();
  private Connection connection;
  private Batch running;
  private boolean committing;

  Transactions(Database database) {
    this.database = database;
  }

  /**
   * Runs one batch in one transaction. Afterwards every entry is decided, or has to come again.
   *
   * @throws SQLException where nothing of the batch was written
   */
  void run(List<Entry<?, ?>> batch) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      batch.forEach(Entry::reset);
      try {
        runOnce(batch);
        return;
      } catch (SQLException | RuntimeException failed) {
        boolean lost = isConnectionLost(failed) || !isRolledBackAfter(failed);
        if (lost && wasCommitted()) {
          running.committed();
          return;
        }
        boolean worthAnotherTry = lost || isTransient(failed);
        if (!worthAnotherTry || attempt == TRANSIENT_TRIES) {
          throw failed;
        }
      }
    }
  }

  private void runOnce(List<Entry<?, ?>> batch) throws SQLException {
    running = null;
    committing = false;
    Set<Integer> queues = new TreeSet<>();
    Set<Integer> fed = new TreeSet<>();
    batch.forEach(e -> queues.addAll(queuesOf(e)));
    batch.forEach(e -> fed.addAll(fedBy(e)));
    mark.next();
    running = Batch.begin(connected(), mark, queues, fed);
    Set<String> keys = new TreeSet<>();
    batch.forEach(e -> keys.addAll(keysOf(e)));
    running.lockGates(keys);
    Set<Entry<?, ?>> twins = RequestLog.decideRepeated(connection, batch);
    for (List<Entry<?, ?>> group : byKind(batch, twins)) {
      execute(group);
    }
    RequestLog.keep(connection, batch);
    committing = true;
    connection.commit();
    running.committed();
  }

  private static <C, R> Set<Integer> queuesOf(Entry<C, R> entry) {
    return entry.kind.queuesOf(entry.command);
  }

  private static <C, R> Set<String> keysOf(Entry<C, R> entry) {
    return entry.kind.keysOf(entry.command);
  }

  private static <C, R> Set<Integer> fedBy(Entry<C, R> entry) {
    return entry.kind.feeds(entry.command);
  }

  private static List<List<Entry<?, ?>>> byKind(List<Entry<?, ?>> batch, Set<Entry<?, ?>> twins) {
    Map<CommandKind<?, ?>, List<Entry<?, ?>>> groups = new LinkedHashMap<>();
    for (Entry<?, ?> entry : batch) {
      if (!entry.isDecided() && !twins.contains(entry)) {
        groups.computeIfAbsent(entry.kind, k -> new ArrayList<>()).add(entry);
      }
    }
    List<List<Entry<?, ?>>> ordered = new ArrayList<>(groups.values());
    ordered.sort(Comparator.comparingInt(group -> group.get(0).kind.rank()));
    return ordered;
  }

  @SuppressWarnings("unchecked") // the entries of a group have one kind, hence one command type
  private <C, R> void execute(List<Entry<?, ?>> group) throws SQLException {
    CommandKind<C, R> kind = (CommandKind<C, R>) group.get(0).kind;
    List<C> commands = group.stream().map(e -> (C) e.command).toList();
    List<Outcome<R>> outcomes = kind.execute(running, commands);
    for (int i = 0; i < group.size(); i++) {
      ((Entry<C, R>) group.get(i)).decide(outcomes.get(i));
    }
  }

  private Connection connected() throws SQLException {
    if (connection == null || connection.isClosed()) {
      connection = database.open(PATIENCE);
      connection.setAutoCommit(false);
      try (Statement settings = connection.createStatement()) {
        // a node that freezes in a transaction must not keep others from the rows it has locked
        settings.execute("SET idle_in_transaction_session_timeout = '4s'");
      }
      SteadyPlans.keep(connection);
      connection.commit();
      mark.register(connection);
    }
    return connection;
  }

  /** After a lost connection nobody is answered before the outcome is known. */
  private boolean wasCommitted() throws SQLException {
    drop();
    if (!committing) {
      return false;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return mark.isCommitted(connected());
      } catch (SQLException stillAway) {
        drop();
        if (attempt == LOOKUP_TRIES) {
          throw stillAway;
        }
      }
      LockSupport.parkNanos(LOOKUP_PAUSE_NANOS);
    }
  }

  /** A database that ends in the middle of a commit may say anything, such as that it is full. */
  private boolean isRolledBackAfter(Exception failed) {
    try {
      if (connection != null) {
        connection.rollback();
      }
      return true;
    } catch (SQLException lost) {
      failed.addSuppressed(lost);
      drop();
      return false;
    }
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

  void close() {
    drop();
  }

  private static boolean isConnectionLost(Throwable failed) {
    String state = state(failed);
    return state.startsWith("08") || state.startsWith("57P") || state.equals(ENDED_FOR_IDLING);
  }

  private static boolean isTransient(Exception failed) {
    String state = state(failed);
    return state.startsWith("40") || state.equals(UNIQUE_VIOLATION);
  }

  private static String state(Throwable failed) {
    return failed instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
  }

  /** Whether the database can write nothing now, so that halving a batch would not help. */
  static boolean isUnavailable(Throwable failed) {
    return isConnectionLost(failed) || state(failed).startsWith(LACKING);
  }

  static Refusal unavailable(String detail) {
    return unavailable("DATABASE_UNAVAILABLE", detail);
  }

  private static Refusal unavailable(String reason, String detail) {
    return Refusal.of(
        Refusal.Sort.UNAVAILABLE,
        reason,
        "",
        "the change could not be made durable: " + detail + "; repeat it with the same request_id");
  }

  /** What the caller of a failed command is told. */
  static Throwable explain(Throwable failed) {
    if (state(failed).equals(DISK_FULL)) {
      return unavailable("DATABASE_FULL", failed.getMessage());
    }
    return isUnavailable(failed) ? unavailable(failed.getMessage()) : failed;
  }
}
