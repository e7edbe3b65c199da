package io.tasklane.worker;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.signal.ReadySignals;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Gives credits to workers, no more than their slots, and wakes the queues that wait for them. The
 * result is false where the stream is not the worker's last one, or the worker takes no offers.
 *
 * @param signals sent to the queues
 */
public record AddCredits(ReadySignals signals)
    implements SingleCommand<AddCredits.Credits, Boolean> {
  /**
   * Credits.
   *
   * @param worker key of its row
   * @param stream number of the stream over which they came
   * @param offers how many
   */
  public record Credits(long worker, long stream, int offers) {}

  private static final String ADD =
      """
      WITH cur AS MATERIALIZED (
        SELECT id FROM worker WHERE id = :worker AND stream = :stream AND state = 1),
      free AS MATERIALIZED (
        SELECT id FROM worker WHERE id IN (SELECT id FROM cur) FOR NO KEY UPDATE SKIP LOCKED),
      added AS (
        UPDATE worker w SET credits = least(w.slots, w.credits + :offers)
        FROM free f WHERE w.id = f.id)
      SELECT EXISTS (SELECT FROM cur) AS known, EXISTS (SELECT FROM free) AS free""";

  private static final String WAKE =
      """
      DELETE FROM worker_wait WHERE queue = ANY (ARRAY(
        SELECT x.queue FROM worker_wait x JOIN queue q ON q.id = x.queue, worker w
        WHERE w.id = :worker AND (w.queues = '{}' OR q.name = ANY (w.queues))
        ORDER BY x.queue FOR UPDATE OF x SKIP LOCKED))
      RETURNING queue""";

  @Override
  public CommandOrder order() {
    return CommandOrder.ADD_CREDITS;
  }

  @Override
  public Outcome<Boolean> executeOne(Batch batch, Credits credits) throws SQLException {
    Connection connection = batch.connection();
    Optional<Boolean> added =
        NamedSql.on(connection, ADD)
            .set("worker", credits.worker())
            .set("stream", credits.stream())
            .set("offers", credits.offers())
            .one(
                row ->
                    row.getBoolean("known")
                        ? Optional.of(row.getBoolean("free"))
                        : Optional.empty());
    if (added.filter(free -> !free).isPresent()) {
      return Outcome.again(); // nobody waits for rows of workers: theirs come after those of tasks
    }
    if (added.isPresent()) {
      NamedSql.on(connection, WAKE)
          .set("worker", credits.worker())
          .each(
              row -> {
                QueueKey queue = new QueueKey(row.getInt(1));
                batch.afterCommit(() -> signals.look(queue));
              });
    }
    return Outcome.done(added.isPresent());
  }
}
