package io.tasklane.step;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.event.EventReader;
import io.tasklane.event.EventRows;
import io.tasklane.event.EventTypePattern;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import io.tasklane.key.TaskKey;
import io.tasklane.signal.ReadySignals;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Ends the waits of steps for the events in the log, in its order. The position up to which this
 * was done moves in the same transaction, so each event is seen once, whichever node does it and
 * however it ends. The command is the maximum number of events; the result is how many were read.
 *
 * @param rows reads the log
 * @param signals sent for tasks that go on
 */
record DeliverStepEvents(EventRows rows, ReadySignals signals)
    implements SingleCommand<Integer, Integer> {
  /** SQL: whether there is anything to do. */
  static final String PROBE =
      """
      SELECT EXISTS (SELECT FROM step_wait) AND EXISTS (
        SELECT FROM task_event e, step_cursor c WHERE (e.xid, e.seq) > (c.xid, c.seq)
          AND e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)""";

  /** One node at a time. */
  private static final String CURSOR = "SELECT xid, seq FROM step_cursor FOR UPDATE SKIP LOCKED";

  private static final String MOVE = "UPDATE step_cursor SET xid = :xid, seq = :seq";

  /** Their runs end them, or their tasks have ended. */
  private static final String OVER = "DELETE FROM step_wait WHERE due <= clock_timestamp()";

  private static final String WAITS =
      """
      SELECT task, step, event_type, condition, xid FROM step_wait
      WHERE due > clock_timestamp() ORDER BY task, step""";
  private static final String LOCK = "SELECT id FROM task WHERE id = :task FOR NO KEY UPDATE";

  private record Wait(TaskKey task, String step, String type, String condition, long since) {
    boolean sees(LogEvent event) {
      return since < event.transaction() && new EventTypePattern(type).matches(event.type());
    }
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.DELIVER_STEP_EVENTS;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    Connection connection = batch.connection();
    Optional<ResumeToken> cursor =
        NamedSql.on(connection, CURSOR)
            .first(row -> new ResumeToken("", row.getLong("xid"), row.getLong("seq")));
    if (cursor.isEmpty()) {
      return Outcome.done(0);
    }
    NamedSql.on(connection, OVER).update();
    List<LogEvent> events = new EventReader(connection, rows).after(cursor.get(), limit);
    if (events.isEmpty()) {
      return Outcome.done(0);
    }
    LogEvent last = events.get(events.size() - 1);
    NamedSql.on(connection, MOVE)
        .set("xid", last.transaction())
        .set("seq", last.sequence())
        .update();
    for (Wait wait : waits(connection)) {
      deliver(batch, wait, events);
    }
    return Outcome.done(events.size());
  }

  private static List<Wait> waits(Connection connection) throws SQLException {
    return NamedSql.on(connection, WAITS)
        .list(
            row ->
                new Wait(
                    new TaskKey(row.getLong("task")),
                    row.getString("step"),
                    row.getString("event_type"),
                    row.getString("condition"),
                    row.getLong("xid")));
  }

  private void deliver(Batch batch, Wait wait, List<LogEvent> events) throws SQLException {
    EventCondition condition = null;
    for (LogEvent event : events) {
      if (wait.sees(event)) {
        condition = condition == null ? EventCondition.of(wait.condition()) : condition;
        Optional<SettleSteps.Settlement> settlement = condition.ask(event);
        if (settlement.isPresent()) {
          settle(batch, wait, settlement.get());
          return;
        }
      }
    }
  }

  private void settle(Batch batch, Wait wait, SettleSteps.Settlement settlement)
      throws SQLException {
    Connection connection = batch.connection();
    NamedSql.on(connection, LOCK).set("task", wait.task()).lock();
    if (SettleSteps.settle(connection, wait.task(), wait.step(), settlement)
        && Wakes.ifSettled(connection, wait.task(), wait.step())) {
      batch.afterCommit(() -> signals.dueIn(Duration.ZERO));
    }
  }
}
