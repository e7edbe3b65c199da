package io.tasklane.workflow.execution;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.event.EventReader;
import io.tasklane.event.EventRows;
import io.tasklane.event.EventTypePattern;
import io.tasklane.event.EventVariable;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import io.tasklane.workflow.decision.WorkflowEvent;
import io.tasklane.workflow.wait.EventWaits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells nodes that wait of the events in the log, in its order. The position up to which this was
 * done moves in the same transaction, so each event reaches each wait once, whichever node does it
 * and however it ends. The command is the maximum number of events; the result is how many were
 * read.
 *
 * @param executions decides what follows
 * @param rows reads the log
 */
record DeliverEvents(Executions executions, EventRows rows)
    implements SingleCommand<Integer, Integer> {
  /** SQL: whether there is anything to do. */
  static final String PROBE =
      """
      SELECT EXISTS (SELECT FROM workflow_wait) AND EXISTS (
        SELECT FROM task_event e, workflow_cursor c WHERE (e.xid, e.seq) > (c.xid, c.seq)
          AND e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint)""";

  /** One node at a time. */
  private static final String CURSOR =
      "SELECT xid, seq FROM workflow_cursor FOR UPDATE SKIP LOCKED";

  private static final String MOVE = "UPDATE workflow_cursor SET xid = :xid, seq = :seq";

  private static final String ANY_GENERATION = "";

  @Override
  public CommandOrder order() {
    return CommandOrder.DELIVER_EVENTS;
  }

  @Override
  public Outcome<Integer> executeOne(Batch batch, Integer limit) throws SQLException {
    Connection connection = batch.connection();
    Optional<ResumeToken> cursor =
        NamedSql.on(connection, CURSOR)
            .first(row -> new ResumeToken(ANY_GENERATION, row.getLong("xid"), row.getLong("seq")));
    if (cursor.isEmpty()) {
      return Outcome.done(0);
    }
    List<LogEvent> events = new EventReader(connection, rows).after(cursor.get(), limit);
    if (events.isEmpty()) {
      return Outcome.done(0);
    }
    LogEvent last = events.get(events.size() - 1);
    NamedSql.on(connection, MOVE)
        .set("xid", last.transaction())
        .set("seq", last.sequence())
        .update();
    List<Step> steps = steps(connection, events);
    if (!steps.isEmpty()) {
      executions.run(batch, "system:event", steps);
    }
    return Outcome.done(events.size());
  }

  private static List<Step> steps(Connection connection, List<LogEvent> events)
      throws SQLException {
    Map<LogEvent, List<String>> matches = new LinkedHashMap<>();
    List<String> awaited = EventWaits.types(connection);
    for (LogEvent event : events) {
      List<String> types =
          awaited.stream().filter(t -> new EventTypePattern(t).matches(event.type())).toList();
      if (!types.isEmpty()) {
        matches.put(event, types);
      }
    }
    List<Step> steps = new ArrayList<>();
    if (!matches.isEmpty()) {
      List<EventWaits.Wait> waits =
          EventWaits.of(
              connection, matches.values().stream().flatMap(List::stream).distinct().toList());
      matches.forEach(
          (event, types) ->
              waits.stream()
                  .filter(w -> types.contains(w.type()) && w.since() < event.transaction())
                  .forEach(wait -> steps.add(step(wait, event))));
    }
    return steps;
  }

  private static Step step(EventWaits.Wait wait, LogEvent event) {
    return new Step(
        wait.workflow(),
        new WorkflowEvent.EventReceived(wait.key(), wait.run(), EventVariable.of(event)));
  }
}
