package io.tasklane.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A command that is a whole transaction in one round trip: the beginning, the mark, at most one
 * owner row, what the command does, and the commit go to PostgreSQL together. Three trips
 * otherwise, each of which wakes a process on either side.
 *
 * <p>So the statement decides by itself, also about the owner row: see {@link #HELD}.
 *
 * @param <R> what the caller is told
 */
public interface OneTrip<R> {
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

  /** How many parameters stand before those of a statement that comes behind an owner row. */
  int BEHIND_OWNER = 3;

  /** How many parameters stand before those of a statement that comes alone. */
  int ALONE = 2;

  /** The text of a trip whose statement comes behind the lock on an owner row. */
  static String behindOwner(String statement) {
    return alone(Batch.OWNER + ";\n" + statement);
  }

  /** The text of a trip whose statement needs no owner row. */
  static String alone(String statement) {
    return CommitMark.LEAVE + ";\n" + statement + ";\nCOMMIT";
  }

  /** All of it, made once by {@link #behindOwner} or {@link #alone}. */
  String text();

  /** Key of the queue whose owner row is locked, empty where none is. */
  Optional<Integer> queue();

  /** Binds the parameters of the statement, which begin behind those of the text. */
  void bind(PreparedStatement statement) throws SQLException;

  /**
   * What the statement did.
   *
   * @param batch this transaction, which has the owner row unless another one held it
   * @param row of the statement, on its first row
   * @return the outcome; empty where it has written nothing, because the command needs more than
   *     one trip
   */
  Optional<Outcome<R>> read(Batch batch, ResultSet row) throws SQLException;

  /**
   * Finds the same in the tables, where the answer was lost on its way and the transaction is known
   * to be committed.
   *
   * @param batch with the number of the lost transaction, and a new connection to read on
   */
  Optional<Outcome<R>> find(Batch batch) throws SQLException;
}
