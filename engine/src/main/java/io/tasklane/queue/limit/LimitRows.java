package io.tasklane.queue.limit;

import io.tasklane.commit.Batch;
import io.tasklane.commit.Intake;
import io.tasklane.database.NamedSql;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.QueueLimits;
import io.tasklane.queue.RateLimit;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Reads and writes the limits of queues. */
public final class LimitRows {
  /** SQL: the columns that {@link #read} reads, of the rows of {@link #JOINED}. */
  public static final String COLUMNS =
      "rate.permits, rate.period_ms, depth.maximum, hours.calendar";

  /** SQL: the rows of the limits of a queue {@code q}, if it has any. */
  public static final String JOINED =
      "LEFT JOIN queue_rate rate ON rate.queue = q.id"
          + " LEFT JOIN queue_depth depth ON depth.queue = q.id"
          + " LEFT JOIN queue_calendar hours ON hours.queue = q.id ";

  /**
   * The intake of a queue {@code q} that is open.
   *
   * <p>SQL, by whether it has a maximum depth.
   */
  public static final String OPEN =
      "CASE WHEN EXISTS (SELECT FROM queue_depth d WHERE d.queue = q.id) THEN "
          + Intake.LIMITED.code()
          + " ELSE "
          + Intake.OPEN.code()
          + " END";

  private static final String KEEP_RATE =
      """
      INSERT INTO queue_rate (queue, permits, period_ms) VALUES (:queue, :permits, :period_ms)
      ON CONFLICT (queue) DO UPDATE SET permits = EXCLUDED.permits,
          period_ms = EXCLUDED.period_ms, due = NULL""";
  private static final String FORGET_RATE =
      """
      WITH starts AS (DELETE FROM queue_start WHERE queue = :queue)
      DELETE FROM queue_rate WHERE queue = :queue""";
  private static final String KEEP_DEPTH =
      """
      INSERT INTO queue_depth (queue, maximum, count_time) VALUES (:queue, :maximum, 'epoch')
      ON CONFLICT (queue) DO UPDATE SET maximum = EXCLUDED.maximum, room = 0,
          count_time = 'epoch'""";
  private static final String FORGET_DEPTH = "DELETE FROM queue_depth WHERE queue = :queue";

  /** Waits for commands that are creating tasks; later ones wait for this. */
  private static final String SWITCH =
      """
      UPDATE queue q SET intake = ${OPEN}
      WHERE q.id = :queue AND q.intake IN (${BOTH}) AND q.intake <> ${OPEN} RETURNING q.intake"""
          .replace("${OPEN}", OPEN)
          .replace("${BOTH}", Intake.OPEN.code() + ", " + Intake.LIMITED.code());

  private LimitRows() {}

  /** The limits of the present row, which has the columns. */
  public static QueueLimits read(ResultSet row) throws SQLException {
    int permits = row.getInt("permits");
    return new QueueLimits(
        permits == 0
            ? Optional.empty()
            : Optional.of(new RateLimit(permits, Duration.ofMillis(row.getLong("period_ms")))),
        row.getLong("maximum"),
        Optional.ofNullable(row.getString("calendar")));
  }

  /** Writes the limits of this queue. */
  public static void write(Batch batch, QueueKey queue, QueueLimits limits) throws SQLException {
    Connection connection = batch.connection();
    if (limits.rate().isPresent()) {
      NamedSql.on(connection, KEEP_RATE)
          .set("queue", queue)
          .set("permits", limits.rate().get().permits())
          .set("period_ms", limits.rate().get().period().toMillis())
          .update();
    } else {
      NamedSql.on(connection, FORGET_RATE).set("queue", queue).update();
    }
    if (limits.limitsDepth()) {
      NamedSql.on(connection, KEEP_DEPTH)
          .set("queue", queue)
          .set("maximum", limits.maximumDepth())
          .update();
    } else {
      NamedSql.on(connection, FORGET_DEPTH).set("queue", queue).update();
    }
    CalendarRows.write(connection, queue, limits.calendar());
    NamedSql.on(connection, SWITCH)
        .set("queue", queue)
        .first(row -> Intake.of(row.getInt(1)))
        .ifPresent(intake -> batch.replace(queue, intake));
  }
}
