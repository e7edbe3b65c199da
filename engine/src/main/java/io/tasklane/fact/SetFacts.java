package io.tasklane.fact;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.api.StoredFact;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Sets facts on behalf of clients. */
record SetFacts() implements SingleCommand<NewFact, StoredFact> {
  @Override
  public CommandOrder order() {
    return CommandOrder.SET_FACTS;
  }

  @Override
  public Outcome<StoredFact> executeOne(Batch batch, NewFact wanted) throws SQLException {
    Instant now =
        NamedSql.on(batch.connection(), "SELECT clock_timestamp() AS now")
            .one(row -> Rows.instant(row, "now").orElseThrow());
    try {
      wanted.fact().requireLaterThan(now);
    } catch (IllegalArgumentException past) {
      return Outcome.refused(
          Refusal.invalid(RefusalReason.INVALID_FIELD, "fact.expire_time", past.getMessage()));
    }
    return FactRows.set(batch, List.of(wanted))
        ? Outcome.done(new FactReader(batch.connection()).stored(wanted.fact().name()))
        : Outcome.again();
  }
}
