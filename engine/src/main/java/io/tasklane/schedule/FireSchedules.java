package io.tasklane.schedule;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks at the schedules whose time has come, by the database's clock. The command is the maximum
 * number of looks; the result is how many there were.
 *
 * @param look decides and writes
 */
record FireSchedules(ScheduleLook look) implements SingleCommand<Integer, Integer> {
  /** Whether a look is due; in the order of the index, so that it reads one entry. */
  static final String PROBE =
      """
      SELECT coalesce((SELECT due FROM schedule_due ORDER BY due, schedule LIMIT 1)
        <= clock_timestamp(), false)""";

  private static final Logger LOG = Logger.getLogger(FireSchedules.class.getName());

  private static final String TAKE =
      """
      WITH first AS MATERIALIZED (
        SELECT ctid AS row FROM schedule_due WHERE due <= clock_timestamp()
        ORDER BY due, schedule LIMIT :limit FOR UPDATE SKIP LOCKED)
      DELETE FROM schedule_due WHERE ctid = ANY (ARRAY(SELECT row FROM first))
      RETURNING schedule""";

  /** A statement of its own: the next one reads what those have written who held the locks. */
  private static final String LOCK =
      "SELECT FROM schedule WHERE id = ANY (:schedules) ORDER BY id FOR NO KEY UPDATE";

  private static final String READ = ScheduleRow.SELECT + "WHERE s.id = :schedule";
  private static final String FAILED =
      "UPDATE schedule SET error = :error WHERE id = :schedule RETURNING clock_timestamp()";

  @Override
  public CommandOrder order() {
    return CommandOrder.FIRE_SCHEDULES;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    Connection connection = batch.connection();
    List<Long> due = NamedSql.on(connection, TAKE).set("limit", limit).list(row -> row.getLong(1));
    TreeSet<Long> schedules = new TreeSet<>(due);
    NamedSql.on(connection, LOCK).set("schedules", "int8", schedules).lock();
    for (long schedule : schedules) {
      lookAlone(batch, schedule);
    }
    return Outcome.done(due.size());
  }

  /** One that fails does not keep the others from their looks: it gets its error, and a pause. */
  private void lookAlone(Batch batch, long schedule) throws SQLException {
    Connection connection = batch.connection();
    Savepoint before = connection.setSavepoint();
    try {
      ScheduleRow row =
          NamedSql.on(connection, READ)
              .set("schedule", schedule)
              .first(ScheduleRow::read)
              .orElse(null);
      if (row != null) { // it may have been deleted
        look.look(batch, row);
      }
    } catch (SQLException failed) {
      if (!isOfTheRow(failed)) {
        throw failed;
      }
      fail(connection, before, schedule, failed);
      return;
    } catch (RuntimeException failed) {
      fail(connection, before, schedule, failed);
      return;
    }
    connection.releaseSavepoint(before);
  }

  /** Whether it is about the data: class 22 of SQL's errors, data exceptions. */
  private static boolean isOfTheRow(SQLException failed) {
    return String.valueOf(failed.getSQLState()).startsWith("22");
  }

  private static void fail(Connection connection, Savepoint before, long schedule, Exception failed)
      throws SQLException {
    connection.rollback(before);
    LOG.log(
        Level.WARNING,
        "schedule "
            + schedule
            + " cannot be looked at, and is tried again in "
            + ScheduleLook.PAUSE,
        failed);
    Optional<Instant> now =
        NamedSql.on(connection, FAILED)
            .set("schedule", schedule)
            .set("error", "internal error: " + Rows.storable(String.valueOf(failed.getMessage())))
            .first(row -> Rows.instant(row, 1).orElseThrow());
    if (now.isPresent()) {
      new RunRows(connection, schedule).lookAt(now.get().plus(ScheduleLook.PAUSE));
    }
  }
}
