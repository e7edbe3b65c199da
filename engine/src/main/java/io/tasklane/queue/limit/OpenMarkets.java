package io.tasklane.queue.limit;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.feature.DueWork;
import io.tasklane.key.QueueKey;
import io.tasklane.signal.ReadySignals;
import java.sql.SQLException;
import java.util.List;

/**
 * Signals the owners of queues whose markets open, by the database's clock. The command is the
 * maximum number of queues; the result is how many there were.
 *
 * @param signals reach the owners
 */
public record OpenMarkets(ReadySignals signals) implements SingleCommand<Integer, Integer> {
  private static final String PROBE =
      "SELECT EXISTS (SELECT FROM queue_calendar WHERE due <= clock_timestamp())";
  private static final String OPEN =
      """
      UPDATE queue_calendar SET due = NULL WHERE queue IN (
        SELECT queue FROM queue_calendar WHERE due <= clock_timestamp()
        ORDER BY queue LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED)
      RETURNING queue""";

  /** The work that is due when a market opens, or its calendar has changed. */
  public static DueWork dueWork(ReadySignals signals) {
    return new DueWork("open queues with calendars", PROBE, new OpenMarkets(signals));
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.OPEN_MARKETS;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    List<QueueKey> open =
        NamedSql.on(batch.connection(), OPEN)
            .set("limit", limit)
            .list(row -> new QueueKey(row.getInt(1)));
    open.forEach(queue -> batch.afterCommit(() -> signals.look(queue)));
    return Outcome.done(open.size());
  }
}
