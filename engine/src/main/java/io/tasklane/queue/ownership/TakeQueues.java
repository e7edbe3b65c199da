package io.tasklane.queue.ownership;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.OwnerCommand;
import io.tasklane.commit.OwnerRow;
import io.tasklane.commit.Ownership;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.task.recover.LoseLeases;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Takes a queue that no living node owns. The leases of the previous owner are lost in the same
 * commit, so that its interrupted tasks are the first that the new owner claims. If the owner is
 * alive, the taker only leaves its bid.
 *
 * @param losses ends the leases of dead owners
 */
public record TakeQueues(LoseLeases losses)
    implements OwnerCommand<TakeQueues.Take, Optional<Ownership>> {
  /**
   * A request to own a queue.
   *
   * @param queue key of the queue
   * @param node who asks
   * @param incarnation its start
   * @param bid whether to ask a living owner to hand over
   */
  public record Take(QueueKey queue, String node, long incarnation, boolean bid) {}

  private static final String LIVES =
      """
      SELECT 1 FROM node_lease WHERE node = :node AND incarnation = :incarnation AND NOT dead
      FOR SHARE""";
  private static final String TAKE =
      """
      UPDATE queue_owner SET node = :node, incarnation = :incarnation, epoch = epoch + 1,
          bid_node = NULL, bid_incarnation = NULL
      WHERE queue = :queue""";
  private static final String BID =
      """
      UPDATE queue_owner SET bid_node = :node, bid_incarnation = :incarnation
      WHERE queue = :queue AND bid_node IS NULL""";

  @Override
  public CommandOrder order() {
    return CommandOrder.TAKE_QUEUES;
  }

  @Override
  public QueueKey queueOf(Take take) {
    return take.queue();
  }

  @Override
  public Optional<Ownership> execute(Batch batch, Take take, OwnerRow owner) throws SQLException {
    if (!lives(batch, take.node(), take.incarnation())) {
      return Optional.empty();
    }
    boolean mine =
        owner.node().filter(take.node()::equals).isPresent()
            && owner.incarnation() == take.incarnation();
    if (mine) {
      return Optional.of(ownership(take, owner));
    }
    if (owner.node().isPresent() && lives(batch, owner.node().get(), owner.incarnation())) {
      if (take.bid()) {
        update(batch, BID, take);
      }
      return Optional.empty();
    }
    update(batch, TAKE, take);
    losses.loseAllBut(batch, take.queue(), take.node(), take.incarnation());
    OwnerRow taken = owner.ownedBy(take.node(), take.incarnation());
    batch.replace(taken);
    return Optional.of(ownership(take, taken));
  }

  private static Ownership ownership(Take take, OwnerRow owner) {
    return new Ownership(take.queue(), take.node(), take.incarnation(), owner.epoch());
  }

  /**
   * The lock prevents the node lease from being declared dead while this transaction relies on it.
   */
  private static boolean lives(Batch batch, String node, long incarnation) throws SQLException {
    return NamedSql.on(batch.connection(), LIVES)
        .set("node", node)
        .set("incarnation", incarnation)
        .exists();
  }

  private static void update(Batch batch, String sql, Take take) throws SQLException {
    NamedSql.on(batch.connection(), sql)
        .set("node", take.node())
        .set("incarnation", take.incarnation())
        .set("queue", take.queue())
        .update();
  }
}
