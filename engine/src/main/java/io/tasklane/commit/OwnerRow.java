package io.tasklane.commit;

import io.tasklane.database.Rows;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.ClaimRight;
import io.tasklane.queue.QueueState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The row that appoints who may claim from a queue, as locked by this transaction.
 *
 * @param queue key of the queue
 * @param state whether it starts tasks
 * @param concurrency how many tasks may run at once
 * @param node that owns it, empty where none does
 * @param incarnation which start of that node
 * @param epoch grows with every change of owner
 * @param bidNode that asks for it
 */
public record OwnerRow(
    QueueKey queue,
    QueueState state,
    int concurrency,
    Optional<String> node,
    long incarnation,
    long epoch,
    Optional<String> bidNode) {
  /** Reads the columns of {@code queue_owner}. */
  static OwnerRow read(ResultSet row) throws SQLException {
    return new OwnerRow(
        new QueueKey(row.getInt("queue")),
        QueueState.of(row.getInt("state")),
        row.getInt("concurrency"),
        Rows.text(row, "node"),
        row.getLong("incarnation"),
        row.getLong("epoch"),
        Rows.text(row, "bid_node"));
  }

  /** Whether this ownership is the present one. */
  public boolean isHeldBy(Ownership mine) {
    return node.isPresent()
        && node.get().equals(mine.node())
        && incarnation == mine.incarnation()
        && epoch == mine.epoch();
  }

  /** Whether this owner may claim. */
  public ClaimRight allows(Ownership mine) {
    return ClaimRight.of(isHeldBy(mine), bidNode.isPresent(), state);
  }

  /** The same in this state. */
  public OwnerRow with(QueueState newState) {
    return new OwnerRow(queue, newState, concurrency, node, incarnation, epoch, bidNode);
  }

  /** The same with so many runs at once. */
  public OwnerRow with(int runs) {
    return new OwnerRow(queue, state, runs, node, incarnation, epoch, bidNode);
  }

  /** The same after its owner released it; the next node that locks the row may take it. */
  public OwnerRow released() {
    return new OwnerRow(
        queue, state, concurrency, Optional.empty(), 0, epoch + 1, Optional.empty());
  }

  /** The same with this owner and a new epoch; a bid has been met or is void. */
  public OwnerRow ownedBy(String newNode, long newIncarnation) {
    return new OwnerRow(
        queue,
        state,
        concurrency,
        Optional.of(newNode),
        newIncarnation,
        epoch + 1,
        Optional.empty());
  }
}
