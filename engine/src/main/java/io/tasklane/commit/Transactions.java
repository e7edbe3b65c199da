package io.tasklane.commit;

import io.tasklane.database.Database;
import io.tasklane.database.IndexPlans;
import io.tasklane.database.KeptConnection;
import io.tasklane.database.Parameters;
import io.tasklane.key.QueueKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs batches on the committer's connection, and finds out whether a batch was committed whose
 * connection was lost.
 */
final class Transactions {

  private static final int TRANSIENT_TRIES = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LOOKUP_TRIES = 60;
  private static final long LOOKUP_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final CommitMark mark = new CommitMark();
  private final KeptConnection connection;
  private Batch running;
  private boolean committing;

  Transactions(Database database) {
    this.connection = new KeptConnection(database, PATIENCE, this::prepare);
  }

  /**
   * Runs one batch in one transaction. Afterwards every command is decided, or has to go into
   * another batch.
   *
   * @throws SQLException where nothing of the batch was written
   */
  void run(List<PendingCommand<?, ?>> batch) throws SQLException {
    if (canBePipelined(batch) && isDonePipelinedOrRolledBack(batch)) {
      return;
    }
    List<Again.Locks> first = new ArrayList<>();
    for (int attempt = 1; ; attempt++) {
      batch.forEach(PendingCommand::reset);
      try {
        runOnce(batch, first);
        return;
      } catch (SQLException | RuntimeException | Error failed) {
        boolean lost = SqlErrors.isConnectionLost(failed) || !isRolledBackAfter(failed);
        if (lost && lookUp().isPresent()) {
          running.committed();
          return;
        }
        if (failed instanceof Again again) {
          again.first().ifPresent(first::add);
        }
        boolean worthAnotherTry = lost || SqlErrors.isTransient(failed);
        if (!worthAnotherTry || attempt == TRANSIENT_TRIES) {
          throw failed;
        }
      }
    }
  }

  /** A throw in the middle must not leave a transaction to the next batch. */
  private boolean isDonePipelinedOrRolledBack(List<PendingCommand<?, ?>> batch)
      throws SQLException {
    try {
      return isDonePipelined(batch);
    } catch (SQLException | RuntimeException | Error failed) {
      isRolledBackAfter(failed);
      throw failed;
    }
  }

  private static boolean canBePipelined(List<PendingCommand<?, ?>> batch) {
    CommandKind<?, ?> kind = batch.get(0).kind;
    return batch.stream().allMatch(pending -> pending.kind == kind && pending.fitsOneRoundTrip())
        && (batch.size() == 1 || batch.stream().allMatch(pending -> pending.request.isEmpty()));
  }

  @SuppressWarnings("unchecked") // all commands have one kind, hence one type
  private static <C, R> Optional<PipelinedTransaction<R>> pipelinedOf(
      List<PendingCommand<?, ?>> batch) {
    PendingCommand<C, R> first = (PendingCommand<C, R>) batch.get(0);
    return first.request.isPresent()
        ? first.kind.pipelined(first.command, first.request.get())
        : first.kind.pipelined(batch.stream().map(pending -> (C) pending.command).toList());
  }

  /**
   * Whether one round trip was enough for at least one command; nothing is written for the others.
   */
  @SuppressWarnings("unchecked") // all commands have one kind, hence one type
  private <C, R> boolean isDonePipelined(List<PendingCommand<?, ?>> batch) throws SQLException {
    Optional<PipelinedTransaction<R>> pipelined = pipelinedOf(batch);
    if (pipelined.isEmpty()) {
      return false;
    }
    batch.forEach(PendingCommand::reset);
    List<Optional<Outcome<R>>> outcomes = make(pipelined.get());
    boolean done = false;
    for (int i = 0; i < outcomes.size(); i++) {
      PendingCommand<C, R> pending = (PendingCommand<C, R>) batch.get(i);
      outcomes.get(i).ifPresentOrElse(pending::decide, pending::needsMore);
      done |= outcomes.get(i).isPresent();
    }
    if (running != null) {
      running.committed(); // also where several round trips have to follow
    }
    return done;
  }

  /** The outcomes; empty where nothing was written. */
  private <R> List<Optional<Outcome<R>>> make(PipelinedTransaction<R> pipelined)
      throws SQLException {
    running = null;
    committing = false;
    mark.next();
    try (PreparedStatement statement = bound(connection.get(), pipelined)) {
      committing = true;
      try {
        statement.execute();
      } catch (SQLException failed) {
        if (!SqlErrors.isConnectionLost(failed) && isRolledBackAfter(failed)) {
          return List.of(); // the general way does it, or says what is wrong
        }
        Optional<Long> transaction = lookUp();
        return transaction.isPresent() ? find(pipelined, transaction.get()) : List.of();
      }
      return read(statement, pipelined);
    }
  }

  private <R> PreparedStatement bound(Connection own, PipelinedTransaction<R> pipelined)
      throws SQLException {
    PreparedStatement statement = pipelined.sql().sql().prepare(own);
    try {
      Parameters parameters = pipelined.sql().sql().of(statement);
      mark.bind(parameters);
      pipelined.bind(parameters);
      return statement;
    } catch (SQLException | RuntimeException | Error unbound) {
      statement.close();
      throw unbound;
    }
  }

  private <R> List<Optional<Outcome<R>>> read(
      PreparedStatement statement, PipelinedTransaction<R> pipelined) throws SQLException {
    running = Batch.ofPipelined(statement, pipelined.sql().locksOwners());
    try (ResultSet row = statement.getResultSet()) {
      row.next();
      return pipelined.read(running, row);
    }
  }

  private <R> List<Optional<Outcome<R>>> find(PipelinedTransaction<R> pipelined, long transaction)
      throws SQLException {
    return untilItAnswers(
        own -> {
          running = new Batch(own, transaction);
          List<Optional<Outcome<R>>> outcomes = pipelined.find(running);
          own.rollback();
          return outcomes;
        });
  }

  private void runOnce(List<PendingCommand<?, ?>> batch, List<Again.Locks> first)
      throws SQLException {
    running = null;
    committing = false;
    for (Again.Locks locks : first) {
      locks.take(connection.get());
    }
    Set<QueueKey> queues = new TreeSet<>();
    Set<QueueKey> targets = new TreeSet<>();
    batch.forEach(e -> queues.addAll(queuesOf(e)));
    batch.forEach(e -> targets.addAll(targetQueues(e)));
    mark.next();
    running = Batch.begin(connection.get(), mark, queues, targets, RequestLog.keysOf(batch));
    Set<String> keys = new TreeSet<>();
    batch.forEach(e -> keys.addAll(keysOf(e)));
    running.lockGates(keys);
    Set<PendingCommand<?, ?>> duplicates = RequestLog.decideRepeated(running.kept(), batch);
    for (List<PendingCommand<?, ?>> group : byKind(batch, duplicates)) {
      execute(group);
    }
    RequestLog.decideOvertaken(running.connection(), batch);
    committing = true;
    RequestLog.keepAndCommit(running.connection(), batch);
    running.committed();
  }

  private static <C, R> Set<QueueKey> queuesOf(PendingCommand<C, R> pending) {
    return pending.kind.queuesOf(pending.command);
  }

  private static <C, R> Set<String> keysOf(PendingCommand<C, R> pending) {
    return pending.kind.keysOf(pending.command);
  }

  private static <C, R> Set<QueueKey> targetQueues(PendingCommand<C, R> pending) {
    return pending.kind.targetQueues(pending.command);
  }

  private static List<List<PendingCommand<?, ?>>> byKind(
      List<PendingCommand<?, ?>> batch, Set<PendingCommand<?, ?>> duplicates) {
    Map<CommandKind<?, ?>, List<PendingCommand<?, ?>>> groups = new LinkedHashMap<>();
    for (PendingCommand<?, ?> pending : batch) {
      if (!pending.isDecided() && !duplicates.contains(pending)) {
        groups.computeIfAbsent(pending.kind, k -> new ArrayList<>()).add(pending);
      }
    }
    List<List<PendingCommand<?, ?>>> ordered = new ArrayList<>(groups.values());
    ordered.sort(Comparator.comparingInt(group -> group.get(0).kind.order().number()));
    return ordered;
  }

  @SuppressWarnings("unchecked") // the commands of a group have one kind, hence one type
  private <C, R> void execute(List<PendingCommand<?, ?>> group) throws SQLException {
    CommandKind<C, R> kind = (CommandKind<C, R>) group.get(0).kind;
    List<C> commands = group.stream().map(e -> (C) e.command).toList();
    List<Outcome<R>> outcomes = kind.execute(running, commands);
    for (int i = 0; i < group.size(); i++) {
      ((PendingCommand<C, R>) group.get(i)).decide(outcomes.get(i));
    }
  }

  private void prepare(Connection opened) throws SQLException {
    opened.setAutoCommit(false);
    try (Statement settings = opened.createStatement()) {
      // a node that freezes in a transaction must not block others on the rows it has locked
      settings.execute("SET idle_in_transaction_session_timeout = '4s'");
    }
    IndexPlans.keep(opened);
    opened.commit();
    mark.register(opened);
  }

  /**
   * After a lost connection nobody is answered before the outcome is known.
   *
   * @return PostgreSQL's number of the transaction, where it was committed
   */
  private Optional<Long> lookUp() throws SQLException {
    connection.close();
    if (!committing) {
      return Optional.empty();
    }
    return untilItAnswers(mark::lookUp);
  }

  private <T> T untilItAnswers(Database.Query<T> query) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return connection.with(query);
      } catch (SQLException stillAway) {
        if (attempt == LOOKUP_TRIES) {
          throw stillAway;
        }
      }
      LockSupport.parkNanos(LOOKUP_PAUSE_NANOS);
    }
  }

  /** A database that ends in the middle of a commit may say anything, such as that it is full. */
  private boolean isRolledBackAfter(Throwable failed) {
    try {
      connection.rollback();
      return true;
    } catch (SQLException lost) {
      failed.addSuppressed(lost);
      connection.close();
      return false;
    }
  }

  void close() {
    connection.close();
  }
}
