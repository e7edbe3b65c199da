package io.tasklane.queue.ownership;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.OwnerRow;
import io.tasklane.commit.Ownership;
import io.tasklane.task.recover.LoseLeases;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a queue that no living node owns. The leases of the previous owner are lost in the same
 * commit, so that its interrupted tasks are the first that the new owner claims. If the owner is
 * alive, the taker only leaves its bid.
 */
public final class TakeQueues implements CommandKind<TakeQueues.Take, Optional<Ownership>> {
  /**
   * A request to own a queue.
   *
   * @param queue key of the queue
   * @param node who asks
   * @param incarnation its start
   * @param bid whether to ask a living owner to hand over
   */
  public record Take(int queue, String node, long incarnation, boolean bid) {}

  private static final String LIVES =
      "SELECT 1 FROM node_lease WHERE node = ? AND incarnation = ? AND NOT dead FOR SHARE";
  private static final String TAKE =
      """
      UPDATE queue_owner SET node = ?, incarnation = ?, epoch = epoch + 1, bid_node = NULL,
          bid_incarnation = NULL
      WHERE queue = ?""";
  private static final String BID =
      """
      UPDATE queue_owner SET bid_node = ?, bid_incarnation = ?
      WHERE queue = ? AND bid_node IS NULL""";

  private final LoseLeases losses;

  /** Ends the leases of dead owners with this. */
  public TakeQueues(LoseLeases losses) {
    this.losses = losses;
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.TAKE_QUEUES;
  }

  @Override
  public Set<Integer> queuesOf(Take take) {
    return Set.of(take.queue());
  }

  @Override
  public List<Outcome<Optional<Ownership>>> execute(Batch batch, List<Take> takes)
      throws SQLException {
    List<Outcome<Optional<Ownership>>> outcomes = new ArrayList<>();
    for (Take take : takes) {
      Optional<OwnerRow> owner = batch.owner(take.queue());
      outcomes.add(owner.isEmpty() ? Outcome.again() : decide(batch, take, owner.get()));
    }
    return outcomes;
  }

  private Outcome<Optional<Ownership>> decide(Batch batch, Take take, OwnerRow owner)
      throws SQLException {
    if (!lives(batch, take.node(), take.incarnation())) {
      return Outcome.done(Optional.empty());
    }
    boolean mine =
        owner.node().filter(take.node()::equals).isPresent()
            && owner.incarnation() == take.incarnation();
    if (mine) {
      return Outcome.done(Optional.of(ownership(take, owner)));
    }
    if (owner.node().isPresent() && lives(batch, owner.node().get(), owner.incarnation())) {
      if (take.bid()) {
        update(batch, BID, take);
      }
      return Outcome.done(Optional.empty());
    }
    update(batch, TAKE, take);
    losses.loseAllBut(batch, take.queue(), take.node(), take.incarnation());
    OwnerRow taken = owner.ownedBy(take.node(), take.incarnation());
    batch.replace(taken);
    return Outcome.done(Optional.of(ownership(take, taken)));
  }

  private static Ownership ownership(Take take, OwnerRow owner) {
    return new Ownership(take.queue(), take.node(), take.incarnation(), owner.epoch());
  }

  /**
   * The lock prevents the node lease from being declared dead while this transaction relies on it.
   */
  private static boolean lives(Batch batch, String node, long incarnation) throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(LIVES)) {
      statement.setString(1, node);
      statement.setLong(2, incarnation);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static void update(Batch batch, String sql, Take take) throws SQLException {
    try (PreparedStatement statement = batch.connection().prepareStatement(sql)) {
      statement.setString(1, take.node());
      statement.setLong(2, take.incarnation());
      statement.setInt(3, take.queue());
      statement.executeUpdate();
    }
  }
}
