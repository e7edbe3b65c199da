package io.tasklane.workflow.store;

import java.sql.SQLException;

/** A statement failed where core asked, which knows no database. The command throws its cause. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Carries it through core. */
  public StoreException(SQLException cause) {
    super(cause);
  }

  /** What failed. */
  public SQLException failure() {
    return (SQLException) getCause();
  }
}
