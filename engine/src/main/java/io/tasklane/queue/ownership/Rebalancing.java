package io.tasklane.queue.ownership;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Database;
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
 * How queues come to this node and leave it. It looks at who owns what without a lock, and writes
 * only where there is something to take, to ask for or to give.
 *
 * <p>A node asks for a queue of another one for two reasons: the other owns at least two more, or
 * the broker keeps nominating this node, which it does only where the owner has lost the broker.
 */
public final class Rebalancing {
  /** So long the broker may be mistaken about who owns a queue, while owners change. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private record Nominated(long epoch, long since, long lately) {}

  private final GroupCommitter committer;
  private final TakeQueues takes;
  private final HandOver handOver = new HandOver();
  private final Database database;
  private final Supplier<Node> me;
  private final Ticker ticker;
  private final Map<Integer, Nominated> nominations = new ConcurrentHashMap<>();
  private volatile OwnershipSnapshot seats = OwnershipSnapshot.UNKNOWN;
  private volatile Set<Integer> share = Set.of();

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

  /** Looks again who owns what; one thread at a time, so that an older look covers no newer one. */
  public synchronized void refresh() {
    seats = database.with(OwnershipSnapshot::read);
    share = seats.shareOf(me.get().name());
  }

  /** The queues that no living node owned at the last look. */
  public List<Integer> open() {
    return seats.byQueue().entrySet().stream()
        .filter(seat -> seat.getValue().owner().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Takes the queue if it is free or was given to this node, or asks for it where there is reason
   * to.
   *
   * @param isConnected whether this node would hear the broker, without which it asks for nothing
   * @param isNominated whether the broker has sent it a message of this queue
   */
  public Optional<Ownership> take(int queue, boolean isConnected, boolean isNominated) {
    if (isNominated && !isToTake(queue)) {
      refresh(); // it may be free, or this node's, since the last look
    }
    if (isToTake(queue)) {
      nominations.remove(queue);
      return submit(queue, false);
    }
    boolean keepsBeingNominated = isNominated && hasBeenNominatedLong(queue);
    if (isConnected && !isAsking(queue) && (keepsBeingNominated || share.contains(queue))) {
      Optional<Ownership> taken = submit(queue, true);
      refresh();
      return taken;
    }
    return Optional.empty();
  }

  private boolean isToTake(int queue) {
    OwnershipSnapshot.Seat seat = seats.byQueue().get(queue);
    return seat != null && (seat.owner().isEmpty() || isMine(seat));
  }

  private boolean isMine(OwnershipSnapshot.Seat seat) {
    Node node = me.get();
    return seat.isOf(node.name(), node.incarnation());
  }

  private boolean hasBeenNominatedLong(int queue) {
    OwnershipSnapshot.Seat seat = seats.byQueue().get(queue);
    if (seat == null) {
      return false;
    }
    long now = ticker.nanos();
    Nominated nominated =
        nominations.compute(
            queue,
            (key, before) ->
                before != null && before.epoch() == seat.epoch() && isOfLate(before)
                    ? new Nominated(seat.epoch(), before.since(), now)
                    : new Nominated(seat.epoch(), now, now));
    return ticker.since(nominated.since()).compareTo(PATIENCE) >= 0;
  }

  private boolean isOfLate(Nominated nominated) {
    return ticker.since(nominated.lately()).compareTo(PATIENCE.multipliedBy(2)) < 0;
  }

  private Optional<Ownership> submit(int queue, boolean bid) {
    Node node = me.get();
    TakeQueues.Take wish = new TakeQueues.Take(queue, node.name(), node.incarnation(), bid);
    return committer.submit(takes, wish).join();
  }

  /** Whether another node asks for this queue, as of the last look. */
  public boolean isAskedFor(int queue) {
    OwnershipSnapshot.Seat seat = seats.byQueue().get(queue);
    return seat != null && isMine(seat) && seat.bidder().isPresent();
  }

  private boolean isAsking(int queue) {
    OwnershipSnapshot.Seat seat = seats.byQueue().get(queue);
    return seat != null && seat.bidder().filter(me.get().name()::equals).isPresent();
  }

  /** Gives the queue to the node that asks for it, unless it has runs; says whether it did. */
  public boolean give(Ownership owned) {
    boolean given = committer.submit(handOver, owned).join();
    refresh();
    return given;
  }

  /** What the broker has to know about who should get this queue's messages. */
  public ConsumerPriority rank(int queue, boolean isOwner) {
    if (isOwner) {
      return ConsumerPriority.OWNER;
    }
    return isAsking(queue) ? ConsumerPriority.BIDDER : ConsumerPriority.OTHER;
  }
}
