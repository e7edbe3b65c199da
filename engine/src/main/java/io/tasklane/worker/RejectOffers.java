package io.tasklane.worker;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import java.sql.SQLException;
import java.util.List;

/**
 * Returns offers to their queues that a worker does not take; the result is how many.
 *
 * @param returns does it
 */
public record RejectOffers(OfferReturns returns)
    implements SingleCommand<RejectOffers.Rejected, Integer> {
  /** The offers that go back to their queues. */
  public sealed interface Rejected {}

  /**
   * A single offer, which its worker rejected.
   *
   * @param lease of the offer
   */
  public record One(LeaseKey lease) implements Rejected {}

  /**
   * All of a worker but some; at most 500 at a time.
   *
   * @param worker key of its row
   * @param kept fencing tokens of those that remain
   */
  public record OfWorker(long worker, List<Long> kept) implements Rejected {}

  @Override
  public CommandOrder order() {
    return CommandOrder.REJECT_OFFERS;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Rejected rejected) throws SQLException {
    return Outcome.done(
        rejected instanceof OfWorker all
            ? returns.ofWorker(batch, all.worker(), all.kept())
            : returns.one(batch, ((One) rejected).lease()));
  }
}
