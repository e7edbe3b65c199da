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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Signals the owners of queues whose rate limits allow the next start, or whose markets open, by
 * the database's clock. The command is the maximum number of each; the result is how many there
 * were.
 *
 * @param signals reach the owners
 */
public record OpenQueues(ReadySignals signals) implements SingleCommand<Integer, Integer> {
  private static final String PROBE =
      "SELECT EXISTS (SELECT FROM queue_rate WHERE due <= clock_timestamp())"
          + " OR EXISTS (SELECT FROM queue_calendar WHERE due <= clock_timestamp())";
  private static final String OPEN = open("queue_rate");
  private static final String OPEN_MARKETS = open("queue_calendar");

  private static String open(String table) {
    return """
      UPDATE ${TABLE} SET due = NULL WHERE queue IN (
        SELECT queue FROM ${TABLE} WHERE due <= clock_timestamp()
        ORDER BY queue LIMIT :limit FOR NO KEY UPDATE SKIP LOCKED)
      RETURNING queue"""
        .replace("${TABLE}", table);
  }

  /** The work that is due when a limit allows the next start, or a market opens. */
  public static DueWork dueWork(ReadySignals signals) {
    return new DueWork("open queues with limits", PROBE, new OpenQueues(signals));
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.OPEN_QUEUES;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    Set<QueueKey> open = new LinkedHashSet<>();
    for (String statement : List.of(OPEN, OPEN_MARKETS)) {
      open.addAll(
          NamedSql.on(batch.connection(), statement)
              .set("limit", limit)
              .list(row -> new QueueKey(row.getInt(1))));
    }
    open.forEach(queue -> batch.afterCommit(() -> signals.look(queue)));
    return Outcome.done(open.size());
  }
}
