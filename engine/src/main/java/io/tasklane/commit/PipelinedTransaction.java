package io.tasklane.commit;

import io.tasklane.database.Parameters;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Commands of one kind that are a whole transaction in one round trip: begin, commit mark, owner
 * rows, the work of the commands and commit go to PostgreSQL together. Otherwise it takes three
 * round trips or more, each of which wakes a process on either side.
 *
 * <p>So the statement decides by itself, also about the owner row: see {@link #HELD}.
 *
 * @param <R> what a caller gets back
 */
public interface PipelinedTransaction<R> {
  /**
   * The CTE {@code held}: the owner row of the queue that a CTE {@code ask} names, if this
   * transaction has locked it or changed it; no row where another transaction held it. The lock is
   * taken by a statement before this one, so that what this one sees is not older than the lock.
   */
  String HELD =
      """
      held AS MATERIALIZED (
        SELECT o.* FROM queue_owner o, ask WHERE o.queue = ask.queue
          AND (o.xmax = pg_current_xact_id()::xid OR o.xmin = pg_current_xact_id()::xid))""";

  /** The SQL of the whole transaction, built once. */
  PipelinedSql sql();

  /** Binds all parameters but those of the mark. */
  void bind(Parameters parameters) throws SQLException;

  /**
   * Reads what the statement did.
   *
   * @param batch this transaction, with the owner rows that no other one held
   * @param row the statement's result, on its first row
   * @return the outcome of each command; empty where a command wrote nothing because it needs more
   *     than one round trip
   */
  List<Optional<Outcome<R>>> read(Batch batch, ResultSet row) throws SQLException;

  /**
   * Finds the same outcomes in the tables, when the answer was lost and the transaction is known to
   * be committed.
   *
   * @param batch with the number of the lost transaction, and a new connection to read on
   */
  List<Optional<Outcome<R>>> find(Batch batch) throws SQLException;
}
