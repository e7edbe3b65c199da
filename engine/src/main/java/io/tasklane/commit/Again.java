package io.tasklane.commit;

import java.sql.SQLException;

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

  private Again(String why) {
    super(why, SERIALIZATION_FAILURE);
  }

  /** The exception to throw, with what was found. */
  public static Again because(String why) {
    return new Again(why);
  }
}
