package io.tasklane.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A command found a row that is newer than its transaction, or that another transaction holds,
 * after it had already written. The whole batch is rolled back and run again in a new transaction,
 * as after a serialization failure of PostgreSQL. A command that has written nothing yet returns
 * {@link Outcome#again} instead, which leaves the others of its batch alone.
 */
public final class Again extends SQLException {
  private static final long serialVersionUID = 1L;

  /** PostgreSQL's serialization_failure, which says just this. */
  private static final String SERIALIZATION_FAILURE = "40001";

  /** Locks rows. */
  @FunctionalInterface
  public interface Locks {
    /** Waits for the locks, as the first statement of a transaction. */
    void take(Connection connection) throws SQLException;
  }

  private final transient Optional<Locks> first;

  private Again(String why, Optional<Locks> first) {
    super(why, SERIALIZATION_FAILURE);
    this.first = first;
  }

  /** The exception to throw, with what was found. */
  public static Again because(String why) {
    return new Again(why, Optional.empty());
  }

  /**
   * The exception to throw where rows are contended: the next transaction locks them before it gets
   * its number, so that nobody with a later one comes between. Elsewhere these rows are locked
   * late; should two transactions so wait for each other, PostgreSQL ends one, which is run again.
   */
  public static Again because(String why, Locks first) {
    return new Again(why, Optional.of(first));
  }

  /** What the next transaction has to lock first. */
  Optional<Locks> first() {
    return first;
  }
}
