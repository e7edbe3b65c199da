package io.tasklane.store;

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
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One transaction of the group committer: its connection, its transaction id, and the owner rows it
 * has locked. Rows are locked in the order owner row, task_ready, task, and by key within each.
 */
public final class Batch {
  private static final Logger LOG = Logger.getLogger(Batch.class.getName());
  private static final String BEGIN =
      """
      SELECT pg_current_xact_id()::text::bigint;
      SELECT queue, state, concurrency, node, incarnation, epoch, bid_node FROM queue_owner
      WHERE queue = ANY (?) ORDER BY queue FOR UPDATE SKIP LOCKED""";

  private final Connection connection;
  private final Map<Integer, OwnerRow> owners = new HashMap<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private long transaction;

  private Batch(Connection connection) {
    this.connection = connection;
  }

  /** Begins the transaction and locks these owner rows, leaving out those that others hold. */
  static Batch begin(Connection connection, Set<Integer> queues) throws SQLException {
    Batch batch = new Batch(connection);
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      statement.setArray(1, connection.createArrayOf("int4", new TreeSet<>(queues).toArray()));
      statement.execute();
      try (ResultSet rows = statement.getResultSet()) {
        rows.next();
        batch.transaction = rows.getLong(1);
      }
      statement.getMoreResults();
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          OwnerRow row = Rows.owner(rows);
          batch.owners.put(row.queue(), row);
        }
      }
    }
    return batch;
  }

  /** The connection of the transaction; not to be committed or closed by a command. */
  public Connection connection() {
    return connection;
  }

  /** PostgreSQL's id of this transaction. */
  public long transaction() {
    return transaction;
  }

  /** The owner row, empty where another transaction holds it just now. */
  public Optional<OwnerRow> owner(int queue) {
    return Optional.ofNullable(owners.get(queue));
  }

  /** Runs this once the batch is durable, before any caller is answered; must not block. */
  public void afterCommit(Runnable action) {
    afterwards.add(action);
  }

  void committed() {
    for (Runnable action : afterwards) {
      try {
        action.run();
      } catch (RuntimeException fault) {
        // what is committed stays so; the idle look and the tick find what was not told
        LOG.log(Level.WARNING, "after a commit", fault);
      }
    }
  }

  /** Tells the batch that a command has just changed an owner row. */
  public void replace(OwnerRow row) {
    owners.put(row.queue(), row);
  }
}
