package io.tasklane.queue.limit;

import static io.tasklane.database.Rows.instant;

import io.tasklane.calendar.CalendarReader;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.explain.Blocker;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.key.TaskKey;
import io.tasklane.schedule.calendar.Trading;
import io.tasklane.schedule.stored.StoredCalendar;
import io.tasklane.signal.ReadySignals;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lets queues with a calendar start tasks only while its market is in session, by the database's
 * clock. The session that was found last stands in the row of the queue, so that only the first
 * claim of a session asks the calendar.
 *
 * @param signals are told when the next session opens
 */
public record TradingHours(ReadySignals signals) implements ClaimCondition {
  /**
   * Whether the known session of a row {@code c} of {@code queue_calendar} has the present, as
   * {@link Trading.Open#contains} decides it.
   */
  static final String OPEN =
      "coalesce(c.open_from <= clock_timestamp() AND clock_timestamp() < c.open_until, false)";

  private static final String READ =
      """
      SELECT c.queue, c.calendar, clock_timestamp() AS at
      FROM task k JOIN queue_calendar c ON c.queue = k.queue WHERE k.id = :task""";

  /** Whoever changes the calendar waits, and then clears what is found here. */
  private static final String LOCK = READ + " FOR UPDATE OF c";

  private static final String KEEP =
      """
      UPDATE queue_calendar SET open_from = :from, open_until = :until, due = NULL
      WHERE queue = :queue""";
  private static final String DUE =
      "UPDATE queue_calendar SET due = :due WHERE queue = :queue AND due IS DISTINCT FROM :due";

  private record Asked(int queue, String calendar, Instant at) {
    static Asked read(ResultSet row) throws SQLException {
      return new Asked(
          row.getInt("queue"), row.getString("calendar"), instant(row, "at").orElseThrow());
    }

    Trading trading(Connection connection) throws SQLException {
      Optional<StoredCalendar> found = new CalendarReader(connection).find(calendar);
      return found.isEmpty()
          ? new Trading.Unknown("calendar " + calendar + " does not exist")
          : Trading.at(found.get().calendar(), at);
    }

    ClaimVerdict verdict(Trading trading) {
      if (trading instanceof Trading.Closed closed) {
        return waits(closed.opens(), closed.reason());
      }
      return trading instanceof Trading.Unknown unknown
          ? waits(Optional.empty(), unknown.problem())
          : ClaimVerdict.MAY_RUN;
    }

    private ClaimVerdict waits(Optional<Instant> opens, String reason) {
      return new ClaimVerdict.QueueWaits(
          List.of(new Blocker.CalendarClosed(calendar, opens, reason)));
    }
  }

  /** The queues that are closed are listed once for each statement; mostly there is none. */
  @Override
  public String sql() {
    return "k.queue <> ALL (ARRAY(SELECT c.queue FROM queue_calendar c WHERE NOT " + OPEN + "))";
  }

  @Override
  public ClaimVerdict look(Connection connection, TaskKey task) throws SQLException {
    Optional<Asked> asked = NamedSql.on(connection, READ).set("task", task).first(Asked::read);
    return asked.isEmpty()
        ? ClaimVerdict.MAY_RUN
        : asked.get().verdict(asked.get().trading(connection));
  }

  /** Notes the session, or when it opens, so that whatever node is alive then tells the owner. */
  @Override
  public ClaimVerdict check(Batch batch, TaskKey task) throws SQLException {
    Connection connection = batch.connection();
    Optional<Asked> locked = NamedSql.on(connection, LOCK).set("task", task).first(Asked::read);
    if (locked.isEmpty()) {
      return ClaimVerdict.MAY_RUN;
    }
    Asked asked = locked.get();
    Trading trading = asked.trading(connection); // reads what has been committed by now
    if (trading instanceof Trading.Open open) {
      NamedSql.on(connection, KEEP)
          .set("queue", asked.queue())
          .set("from", Timestamp.from(open.from()))
          .set("until", Timestamp.from(open.until()))
          .update();
    } else if (trading instanceof Trading.Closed closed && closed.opens().isPresent()) {
      awaitOpen(batch, asked, closed.opens().get());
    }
    return asked.verdict(trading);
  }

  private void awaitOpen(Batch batch, Asked asked, Instant opens) throws SQLException {
    int noted =
        NamedSql.on(batch.connection(), DUE)
            .set("queue", asked.queue())
            .set("due", Timestamp.from(opens))
            .update();
    if (noted > 0) { // once, however often the owner asks until then
      Duration wait = Duration.between(asked.at(), opens);
      batch.afterCommit(() -> signals.dueIn(wait));
    }
  }
}
