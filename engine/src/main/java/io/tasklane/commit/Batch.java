package io.tasklane.commit;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.fault.FatalErrors;
import io.tasklane.key.QueueKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/**
 * One transaction of the group committer: its connection, its transaction id, and the rows of
 * queues it holds. Rows are locked in the order owner row, queue, task_ready, task, and by key
 * within each.
 */
public final class Batch {
  private static final Logger LOG = Logger.getLogger(Batch.class.getName());
  private static final String OWNER_ROWS =
      "SELECT queue, state, concurrency, node, incarnation, epoch, bid_node FROM queue_owner ";

  /** Locks owner rows, but those that another transaction holds. */
  static final String OWNERS =
      OWNER_ROWS + "WHERE queue = ANY (:owners) ORDER BY queue FOR UPDATE SKIP LOCKED";

  /** Locks one owner row, unless another transaction holds it. */
  static final String OWNER = OWNER_ROWS + "WHERE queue = :queue FOR UPDATE SKIP LOCKED";

  /**
   * Reads the newest committed row, whatever the snapshot; whoever changes it waits for this lock.
   */
  private static final String INTAKE =
      "SELECT id, intake FROM queue WHERE id = ANY (:targets) ORDER BY id FOR SHARE SKIP LOCKED";

  private static final String GATES =
      "SELECT FROM ordering_gate WHERE key = ANY (:keys) ORDER BY key FOR UPDATE";

  private static final int OWNERS_BIT = 1;
  private static final int INTAKE_BIT = 2;
  private static final int KEPT_BIT = 4;

  /** The first statements of a batch, by the parts that they consist of. */
  private static final List<NamedSql> BEGINNINGS =
      IntStream.range(0, 2 * KEPT_BIT).mapToObj(Batch::beginning).toList();

  private final Connection connection;
  private final Map<QueueKey, OwnerRow> owners = new HashMap<>();
  private final Map<QueueKey, Intake> intakes = new HashMap<>();
  private final Map<UUID, KeptAnswer> kept = new HashMap<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private long transaction;

  private Batch(Connection connection) {
    this.connection = connection;
  }

  /** A committed transaction, whose writes are looked up. */
  Batch(Connection connection, long transaction) {
    this(connection);
    this.transaction = transaction;
  }

  /**
   * The batch of a pipelined transaction that has just been executed; the result of its own
   * statement comes next.
   */
  static Batch ofPipelined(PreparedStatement pipelined, boolean locksOwners) throws SQLException {
    Batch batch = new Batch(pipelined.getConnection());
    batch.readTransaction(pipelined);
    if (locksOwners) {
      batch.readOwners(pipelined);
    }
    pipelined.getMoreResults();
    return batch;
  }

  /**
   * Begins the transaction, leaves its mark, locks the owner rows of these queues, share-locks the
   * rows of the target queues, skipping what others hold, and reads the answers kept under these
   * keys of the request log. All in one round trip.
   */
  static Batch begin(
      Connection connection,
      CommitMark mark,
      Set<QueueKey> queues,
      Set<QueueKey> targets,
      List<UUID> requests)
      throws SQLException {
    Batch batch = new Batch(connection);
    NamedSql sql = beginning(!queues.isEmpty(), !targets.isEmpty(), !requests.isEmpty());
    try (PreparedStatement statement = sql.prepare(connection)) {
      Parameters parameters = sql.of(statement);
      mark.bind(parameters);
      if (!queues.isEmpty()) {
        parameters.set("owners", "int4", sorted(queues));
      }
      if (!targets.isEmpty()) {
        parameters.set("targets", "int4", sorted(targets));
      }
      if (!requests.isEmpty()) {
        parameters.set("requests", "uuid", requests.toArray());
      }
      statement.execute();
      batch.readTransaction(statement);
      if (!queues.isEmpty()) {
        batch.readOwners(statement);
      }
      if (!targets.isEmpty()) {
        readNext(statement, batch::readIntake);
      }
      if (!requests.isEmpty()) {
        readNext(statement, batch::readKept);
      }
    }
    return batch;
  }

  private static NamedSql beginning(boolean locksOwners, boolean readsIntakes, boolean readsKept) {
    return BEGINNINGS.get(
        (locksOwners ? OWNERS_BIT : 0)
            | (readsIntakes ? INTAKE_BIT : 0)
            | (readsKept ? KEPT_BIT : 0));
  }

  private static NamedSql beginning(int parts) {
    return NamedSql.of(
        CommitMark.LEAVE
            + ((parts & OWNERS_BIT) == 0 ? "" : ";\n" + OWNERS)
            + ((parts & INTAKE_BIT) == 0 ? "" : ";\n" + INTAKE)
            + ((parts & KEPT_BIT) == 0 ? "" : ";\n" + RequestLog.FIND));
  }

  /** Locks the existing gates of these ordering keys. An empty set costs nothing. */
  void lockGates(Set<String> orderingKeys) throws SQLException {
    if (!orderingKeys.isEmpty()) {
      NamedSql.on(connection, GATES).set("keys", "text", orderingKeys).lock();
    }
  }

  /** Keys of queues in the order in which their rows are locked. */
  public static Object[] sorted(Set<QueueKey> queues) {
    return new TreeSet<>(queues).toArray();
  }

  private void readTransaction(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      rows.next();
      transaction = rows.getLong(1);
    }
  }

  private void readOwners(PreparedStatement statement) throws SQLException {
    readNext(statement, row -> replace(OwnerRow.read(row)));
  }

  private void readKept(ResultSet row) throws SQLException {
    kept.put(row.getObject("key", UUID.class), KeptAnswer.read(row).orElseThrow());
  }

  private void readIntake(ResultSet row) throws SQLException {
    intakes.put(new QueueKey(row.getInt(1)), Intake.of(row.getInt(2)));
  }

  private static void readNext(PreparedStatement statement, Parameters.RowAction action)
      throws SQLException {
    statement.getMoreResults();
    try (ResultSet row = statement.getResultSet()) {
      while (row.next()) {
        action.with(row);
      }
    }
  }

  /** The answers kept under the keys that the batch began with. */
  Map<UUID, KeptAnswer> kept() {
    return kept;
  }

  /** The connection of the transaction; not to be committed or closed by a command. */
  public Connection connection() {
    return connection;
  }

  /** PostgreSQL's id of this transaction. */
  public long transaction() {
    return transaction;
  }

  /** The owner row; empty where another transaction holds it right now. */
  public Optional<OwnerRow> owner(QueueKey queue) {
    return Optional.ofNullable(owners.get(queue));
  }

  /**
   * Whom the queue takes new tasks from, until this transaction ends; empty where another
   * transaction is changing it. Looked up now where no command of the batch announced it.
   */
  public Optional<Intake> intake(QueueKey queue) throws SQLException {
    if (!intakes.containsKey(queue)) {
      NamedSql.on(connection, INTAKE).set("targets", "int4", List.of(queue)).each(this::readIntake);
    }
    return Optional.ofNullable(intakes.get(queue));
  }

  /**
   * Runs this action once the batch is durable, before any caller is answered; it must not block.
   */
  public void afterCommit(Runnable action) {
    afterwards.add(action);
  }

  void committed() {
    for (Runnable action : afterwards) {
      try {
        action.run();
      } catch (RuntimeException | Error fault) {
        FatalErrors.passOn(fault);
        // what is committed stays committed; polling finds whatever was not signalled
        LOG.log(Level.WARNING, "after a commit", fault);
      }
    }
  }

  /** Replaces an owner row that a command has just changed. */
  public void replace(OwnerRow row) {
    owners.put(row.queue(), row);
  }

  /** Replaces the intake of a queue that a command has just changed. */
  public void replace(QueueKey queue, Intake intake) {
    intakes.put(queue, intake);
  }
}
