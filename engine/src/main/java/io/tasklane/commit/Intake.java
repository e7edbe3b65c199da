package io.tasklane.commit;

import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Whom a queue takes new tasks from. The code is what its row keeps. */
public enum Intake {
  /** Everybody. */
  OPEN(1),
  /** Only running work, because a draining queue also finishes what its tasks create. */
  RUNS_ONLY(2),
  /** Nobody: it is deleted. */
  CLOSED(3),
  /** Everybody, but clients only while fewer tasks wait than it allows. */
  LIMITED(4);

  private final int code;

  Intake(int code) {
    this.code = code;
  }

  /** The stored number. */
  public int code() {
    return code;
  }

  /** The intake stored as this number. */
  public static Intake of(int code) {
    for (Intake intake : values()) {
      if (intake.code == code) {
        return intake;
      }
    }
    throw new IllegalArgumentException("no intake has the code " + code);
  }

  /** The present intake of the queue with this key; it may change at any time. */
  public static Optional<Intake> seen(Connection connection, QueueKey queue) throws SQLException {
    return NamedSql.on(connection, "SELECT intake FROM queue WHERE id = :queue")
        .set("queue", queue)
        .first(row -> of(row.getInt(1)));
  }
}
