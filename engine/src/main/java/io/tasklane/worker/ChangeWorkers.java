package io.tasklane.worker;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.database.Rows;
import io.tasklane.task.Actor;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Ends streams of workers, and workers. The result is whether anything has changed. What they hold
 * is given back afterwards, in commands of its own: rows of tasks are locked before those of
 * workers.
 */
public final class ChangeWorkers implements SingleCommand<ChangeWorkers.Change, Boolean> {
  /** What to change. */
  public sealed interface Change {
    /** Key of the worker's row. */
    long worker();
  }

  /**
   * Its stream has broken.
   *
   * @param worker key of its row
   * @param stream number of that stream
   */
  public record Broken(long worker, long stream) implements Change {}

  /**
   * It is to take no more offers.
   *
   * @param worker key of its row
   * @param actor who wants that
   */
  public record Drain(long worker, Actor actor) implements Change {}

  /**
   * It leaves.
   *
   * @param worker key of its row
   */
  public record Stop(long worker) implements Change {}

  /**
   * It was not heard of for a whole lease.
   *
   * @param worker key of its row
   * @param renewal that it showed all the time
   */
  public record Lose(long worker, long renewal) implements Change {}

  private static final String BREAK =
      "UPDATE worker SET node = NULL, credits = 0 WHERE id = :worker AND stream = :stream";
  private static final String DRAIN =
      """
      UPDATE worker SET state = 3, credits = 0, drain_principal = :principal,
          drain_reason = :reason WHERE id = :worker AND state = 1""";
  private static final String END =
      """
      WITH ended AS (
        UPDATE worker SET state = :state, node = NULL, credits = 0, end_time = clock_timestamp()
        WHERE id = :worker AND state <= 3 AND (:renewal = 0 OR renewal_no = :renewal)
        RETURNING task_types, heartbeat_time),
      seen AS (
        UPDATE task_type y SET last_seen_time = greatest(y.last_seen_time, e.heartbeat_time)
        FROM ended e WHERE y.name = ANY (e.task_types))
      SELECT FROM ended""";

  private static final int LOST = 4;
  private static final int STOPPED = 5;

  @Override
  public CommandOrder order() {
    return CommandOrder.CHANGE_WORKERS;
  }

  @Override
  public Outcome<Boolean> executeOne(Batch batch, Change change) throws SQLException {
    Connection connection = batch.connection();
    if (change instanceof Broken broken) {
      return done(on(connection, BREAK, broken).set("stream", broken.stream()).update());
    }
    if (change instanceof Drain drain) {
      return done(
          on(connection, DRAIN, drain)
              .set("principal", drain.actor().principal())
              .set("reason", Rows.storable(drain.actor().reason()))
              .update());
    }
    boolean lost = change instanceof Lose;
    return Outcome.done(
        on(connection, END, change)
            .set("state", lost ? LOST : STOPPED)
            .set("renewal", lost ? ((Lose) change).renewal() : 0L)
            .exists());
  }

  private static Outcome<Boolean> done(int rows) {
    return Outcome.done(rows == 1);
  }

  private static Parameters on(Connection connection, String sql, Change change)
      throws SQLException {
    return NamedSql.on(connection, sql).set("worker", change.worker());
  }
}
