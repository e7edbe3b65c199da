package io.tasklane.worker;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import java.sql.SQLException;

/**
 * Returns offers that nobody has accepted in time; the result is how many.
 *
 * @param returns does it
 */
public record ReturnDueOffers(OfferReturns returns) implements SingleCommand<Integer, Integer> {
  /** SQL: whether there is anything to do. */
  public static final String PROBE =
      "SELECT EXISTS (SELECT FROM task_offer o WHERE " + OfferReturns.IS_DUE + ")";

  @Override
  public CommandOrder order() {
    return CommandOrder.RETURN_DUE_OFFERS;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    return Outcome.done(returns.due(batch));
  }
}
