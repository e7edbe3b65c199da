package io.tasklane.queue.ownership;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.Spread;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who owns which queue at the time of reading; no claim may rely on it.
 *
 * @param byQueue the owner of each queue that is not deleted, by the queue's key
 * @param nodes living nodes
 */
public record OwnershipSnapshot(Map<QueueKey, Owner> byQueue, Set<String> nodes) {
  /** Before the first read: nothing is known, so there is nothing to take. */
  public static final OwnershipSnapshot UNKNOWN = new OwnershipSnapshot(Map.of(), Set.of());

  /**
   * The owner of one queue.
   *
   * @param owner the living node that owns it, empty if there is none
   * @param incarnation its start, 0 if there is none
   * @param epoch grows with every change of owner
   * @param bidder the living node that asks for it, empty if there is none
   */
  public record Owner(
      Optional<String> owner, long incarnation, long epoch, Optional<String> bidder) {
    /** Whether this start of this node owns it. */
    public boolean isOf(String node, long start) {
      return owner.filter(node::equals).isPresent() && incarnation == start;
    }
  }

  private static final String NODES = "SELECT node FROM node_lease WHERE NOT dead";
  private static final String OWNERS =
      """
      SELECT o.queue, l.node, l.incarnation, o.epoch, b.node
      FROM queue_owner o JOIN queue q ON q.id = o.queue
      LEFT JOIN node_lease l
        ON l.node = o.node AND l.incarnation = o.incarnation AND NOT l.dead
      LEFT JOIN node_lease b
        ON b.node = o.bid_node AND b.incarnation = o.bid_incarnation AND NOT b.dead
      WHERE q.delete_time IS NULL""";

  /** Reads everything, in two selects and without a lock. */
  public static OwnershipSnapshot read(Connection connection) throws SQLException {
    Set<String> nodes = new TreeSet<>(NamedSql.on(connection, NODES).list(row -> row.getString(1)));
    Map<QueueKey, Owner> owners = new TreeMap<>();
    NamedSql.on(connection, OWNERS)
        .each(row -> owners.put(new QueueKey(row.getInt(1)), owner(row)));
    return new OwnershipSnapshot(owners, nodes);
  }

  private static Owner owner(ResultSet row) throws SQLException {
    return new Owner(Rows.text(row, 2), row.getLong(3), row.getLong(4), Rows.text(row, 5));
  }

  /** Which queues this node has to ask for, so that all nodes own equally many. */
  public Set<QueueKey> shareOf(String node) {
    Map<QueueKey, String> soon = new TreeMap<>();
    byQueue.forEach(
        (queue, owner) -> owner.bidder().or(owner::owner).ifPresent(who -> soon.put(queue, who)));
    Map<QueueKey, String> changes = Spread.changes(soon, nodes);
    changes.values().removeIf(who -> !who.equals(node));
    return changes.keySet();
  }
}
