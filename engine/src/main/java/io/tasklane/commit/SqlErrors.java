package io.tasklane.commit;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import java.sql.SQLException;

/** What PostgreSQL's errors mean for the commands that meet them. */
public final class SqlErrors {
  private static final String ENDED_FOR_IDLING = "25P03";

  /** The class of errors of a database that lacks room on its disk, memory or connections. */
  private static final String LACKING = "53";

  private static final String DISK_FULL = "53100";

  /** Another node was first: the next try finds what it wrote. */
  private static final String UNIQUE_VIOLATION = "23505";

  /** The class of deadlocks and of rows that are newer than the transaction. */
  private static final String OVERTAKEN = "40";

  private SqlErrors() {}

  /** Whether the connection is gone, so that the outcome of the last statement is unknown. */
  static boolean isConnectionLost(Throwable failed) {
    String state = state(failed);
    return state.startsWith("08") || state.startsWith("57P") || state.equals(ENDED_FOR_IDLING);
  }

  /** Whether an immediate retry is likely to succeed. */
  static boolean isTransient(Throwable failed) {
    String state = state(failed);
    return state.startsWith(OVERTAKEN) || state.equals(UNIQUE_VIOLATION);
  }

  private static String state(Throwable failed) {
    return failed instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
  }

  /** Whether the database can write nothing now, so that halving a batch would not help. */
  static boolean isUnavailable(Throwable failed) {
    return isConnectionLost(failed) || state(failed).startsWith(LACKING);
  }

  /** Whether the command itself is at fault: it met no outage, and no other command. */
  public static boolean isAtFault(Throwable failed) {
    return !isUnavailable(failed) && !isTransient(failed);
  }

  /** The refusal of a command that cannot be written now. */
  static Refusal unavailable(String detail) {
    return unavailable(RefusalReason.DATABASE_UNAVAILABLE, detail);
  }

  private static Refusal unavailable(RefusalReason reason, String detail) {
    return Refusal.unavailable(
        reason,
        "the change could not be made durable: " + detail + "; repeat it with the same request_id");
  }

  /**
   * The exception for the caller of a failed command. A command that others overtook at each try is
   * not at fault: it is to be repeated.
   */
  static Throwable explain(Throwable failed) {
    if (state(failed).equals(DISK_FULL)) {
      return unavailable(RefusalReason.DATABASE_FULL, failed.getMessage());
    }
    boolean again = isUnavailable(failed) || state(failed).startsWith(OVERTAKEN);
    return again ? unavailable(failed.getMessage()) : failed;
  }
}
