package io.tasklane.queue.ownership;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Database;
import io.tasklane.key.QueueKey;
import io.tasklane.node.Node;
import io.tasklane.signal.ConsumerPriority;
import io.tasklane.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Takes queues for this node and hands them over. It reads who owns what without a lock, and writes
 * only if there is a queue to take, to ask for or to hand over.
 *
 * <p>A node asks for a queue of another one for two reasons: the other owns at least two more, or
 * the broker keeps nominating this node, which it does only if the owner has lost the broker.
 */
public final class Rebalancing {
  /** How long the broker may be wrong about who owns a queue, while owners change. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private record Nominated(long epoch, long since, long lately) {}

  private final GroupCommitter committer;
  private final TakeQueues takes;
  private final HandOver handOver = new HandOver();
  private final Database database;
  private final Supplier<Node> me;
  private final Ticker ticker;
  private final Map<QueueKey, Nominated> nominations = new ConcurrentHashMap<>();
  private volatile OwnershipSnapshot snapshot = OwnershipSnapshot.UNKNOWN;
  private volatile Set<QueueKey> share = Set.of();
  private long readBegan = Long.MIN_VALUE / 2;

  /**
   * Knows nothing until the first {@link #refresh()}.
   *
   * @param committer writes
   * @param takes takes queues and leaves bids
   * @param database where to look
   * @param me this start of this node
   * @param ticker monotonic time
   */
  public Rebalancing(
      GroupCommitter committer,
      TakeQueues takes,
      Database database,
      Supplier<Node> me,
      Ticker ticker) {
    this.committer = committer;
    this.takes = takes;
    this.database = database;
    this.me = me;
    this.ticker = ticker;
  }

  /**
   * Reads again who owns what; one thread at a time, so that an older read never overwrites a newer
   * one. A read that began after the call serves it too: many owners ask at the same moment.
   */
  public void refresh() {
    refreshSince(ticker.nanos());
  }

  private synchronized void refreshSince(long asked) {
    if (readBegan - asked > 0) {
      return;
    }
    readBegan = ticker.nanos();
    snapshot = database.with(OwnershipSnapshot::read);
    share = snapshot.shareOf(me.get().name());
  }

  /** The queues that no living node owned at the last read. */
  public List<QueueKey> open() {
    return snapshot.byQueue().entrySet().stream()
        .filter(owner -> owner.getValue().owner().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Takes the queue if it is free or was given to this node, or bids for it if there is reason to.
   *
   * @param isConnected whether this node is connected to the broker, without which it does not bid
   * @param isNominated whether the broker has sent it a message of this queue
   */
  public Optional<Ownership> take(QueueKey queue, boolean isConnected, boolean isNominated) {
    if (isNominated && !isToTake(queue)) {
      refresh(); // it may have become free, or this node's, since the last read
    }
    if (isToTake(queue)) {
      nominations.remove(queue);
      return submit(queue, false);
    }
    boolean keepsBeingNominated = isNominated && hasBeenNominatedLong(queue);
    if (isConnected && !isAsking(queue) && (keepsBeingNominated || share.contains(queue))) {
      Optional<Ownership> taken = submit(queue, true);
      refresh();
      // its owner may have seen the bid at once and handed over
      return taken.isEmpty() && isToTake(queue) ? submit(queue, false) : taken;
    }
    return Optional.empty();
  }

  private boolean isToTake(QueueKey queue) {
    OwnershipSnapshot.Owner owner = snapshot.byQueue().get(queue);
    return owner != null && (owner.owner().isEmpty() || isMine(owner));
  }

  private boolean isMine(OwnershipSnapshot.Owner owner) {
    Node node = me.get();
    return owner.isOf(node.name(), node.incarnation());
  }

  private boolean hasBeenNominatedLong(QueueKey queue) {
    OwnershipSnapshot.Owner owner = snapshot.byQueue().get(queue);
    if (owner == null) {
      return false;
    }
    long now = ticker.nanos();
    Nominated nominated =
        nominations.compute(
            queue,
            (key, before) ->
                before != null && before.epoch() == owner.epoch() && isOfLate(before)
                    ? new Nominated(owner.epoch(), before.since(), now)
                    : new Nominated(owner.epoch(), now, now));
    return ticker.since(nominated.since()).compareTo(PATIENCE) >= 0;
  }

  private boolean isOfLate(Nominated nominated) {
    return ticker.since(nominated.lately()).compareTo(PATIENCE.multipliedBy(2)) < 0;
  }

  private Optional<Ownership> submit(QueueKey queue, boolean bid) {
    Node node = me.get();
    TakeQueues.Take request = new TakeQueues.Take(queue, node.name(), node.incarnation(), bid);
    return committer.submit(takes, request).join();
  }

  /** Whether another node bids for this queue, as of the last read. */
  public boolean isAskedFor(QueueKey queue) {
    OwnershipSnapshot.Owner owner = snapshot.byQueue().get(queue);
    return owner != null && isMine(owner) && owner.bidder().isPresent();
  }

  private boolean isAsking(QueueKey queue) {
    OwnershipSnapshot.Owner owner = snapshot.byQueue().get(queue);
    return owner != null && owner.bidder().filter(me.get().name()::equals).isPresent();
  }

  /** Hands the queue over to the bidding node, unless it has runs. Returns whether it did. */
  public boolean give(Ownership owned) {
    boolean given = committer.submit(handOver, owned).join();
    refresh();
    return given;
  }

  /** The role that this node's consumer should have for the queue. */
  public ConsumerPriority rank(QueueKey queue, boolean isOwner) {
    if (isOwner) {
      return ConsumerPriority.OWNER;
    }
    return isAsking(queue) ? ConsumerPriority.BIDDER : ConsumerPriority.OTHER;
  }
}
