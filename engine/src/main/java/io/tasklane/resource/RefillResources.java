package io.tasklane.resource;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import java.sql.SQLException;
import java.util.List;

/**
 * Returns tasks to their queues that wait for resources whose units have been refilled, by the
 * database's clock. The command is the maximum number of resources; the result is how many there
 * were.
 *
 * @param units returns tasks to their queues
 */
public record RefillResources(ResourceUnits units) implements SingleCommand<Integer, Integer> {
  private static final String DUE =
      """
      SELECT id FROM resource WHERE refill_due <= clock_timestamp()
      ORDER BY id LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED""";

  @Override
  public CommandOrder order() {
    return CommandOrder.REFILL_RESOURCES;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    List<Integer> due =
        NamedSql.on(batch.connection(), DUE).set("limit", limit).list(row -> row.getInt(1));
    units.giveBack(batch, due);
    return Outcome.done(due.size());
  }
}
