package io.tasklane.trigger;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.task.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Logger;

/** What one command adds to the counts of triggers. */
final class NewCounts {
  private static final Logger LOG = Logger.getLogger(NewCounts.class.getName());

  private static final String ADD =
      """
      UPDATE event_trigger SET event_count = event_count + :events,
          start_count = start_count + :starts, fault_count = fault_count + :faults,
          loop_count = loop_count + :loops,
          last_start_time = coalesce(:last_start::timestamptz, last_start_time)
      WHERE id = :id""";
  private static final String FAULT =
      """
      UPDATE event_trigger SET failure_kind = :kind, failure_code = :code,
          failure_message = :message, failure_trace = '', failure_time = :time
      WHERE id = :id""";

  private static final class Counts {
    private long events;
    private long starts;
    private long faults;
    private long loops;
    private Failure failure;
  }

  private final Instant now;
  private final Map<Long, Counts> added = new TreeMap<>();

  NewCounts(Instant now) {
    this.now = now;
  }

  private Counts of(long triggerId) {
    return added.computeIfAbsent(triggerId, id -> new Counts());
  }

  void event(long triggerId) {
    of(triggerId).events++;
  }

  void start(long triggerId) {
    of(triggerId).starts++;
  }

  /** Nothing was started, which shows with the trigger and in the log of the server. */
  void fault(long triggerId, String trigger, String code, String message) {
    of(triggerId).faults++;
    of(triggerId).failure = failure(code, message);
    LOG.warning("triggers/" + trigger + ": " + message);
  }

  /** Likewise, because the chain of causes is too long. */
  void loop(long triggerId, String trigger, String message) {
    of(triggerId).loops++;
    of(triggerId).failure = failure("CAUSATION_LOOP", message);
    LOG.warning("triggers/" + trigger + ": " + message);
  }

  private Failure failure(String code, String message) {
    return new Failure(Failure.Kind.PERMANENT, code, Rows.storable(message), "", now);
  }

  void write(Connection connection) throws SQLException {
    for (Map.Entry<Long, Counts> of : added.entrySet()) {
      Counts counts = of.getValue();
      NamedSql.on(connection, ADD)
          .set("id", of.getKey())
          .set("events", counts.events)
          .set("starts", counts.starts)
          .set("faults", counts.faults)
          .set("loops", counts.loops)
          .set("last_start", counts.starts > 0 ? Timestamp.from(now) : null)
          .update();
      if (counts.failure != null) {
        NamedSql.on(connection, FAULT)
            .set("id", of.getKey())
            .set("kind", counts.failure.kind().code())
            .set("code", counts.failure.code())
            .set("message", counts.failure.message())
            .set("time", Timestamp.from(now))
            .update();
      }
    }
  }
}
