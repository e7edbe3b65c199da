package io.tasklane.schedule;

import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.event.EventKind;
import io.tasklane.event.LogEvent;
import io.tasklane.feature.EventCodec;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.task.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Logs what happens to schedules, and reads such events. */
public final class ScheduleEvents {
  /** The codecs of all of them, which the feature of schedules registers. */
  public static final List<EventCodec> CODECS =
      List.of(
          EventCodec.stored(EventKind.SCHEDULE_CHANGED, LogEvent.SCHEDULE_CHANGED),
          EventCodec.stored(EventKind.SCHEDULE_RAN, LogEvent.SCHEDULE_RAN),
          EventCodec.stored(EventKind.SCHEDULE_SKIPPED, LogEvent.SCHEDULE_SKIPPED),
          EventCodec.stored(EventKind.CALENDAR_CHANGED, LogEvent.CALENDAR_CHANGED));

  private static final String LOG =
      """
      INSERT INTO task_event (xid, seq, time, kind, subject, actor, data)
      SELECT pg_current_xact_id()::text::bigint, nextval('event_seq'), clock_timestamp(), :kind,
          :subject, :actor, jsonb_strip_nulls(%s)::text""";
  private static final String CHANGED =
      LOG.formatted(
          "jsonb_build_object('change', :change::text, 'reason', nullif(:reason::text, ''))");
  private static final String RAN =
      LOG.formatted(
              """
          jsonb_build_object('scheduled_time', r.scheduled_time, 'cause', r.cause,
            'outcome', r.outcome, 'task', nullif(r.task, ''),
            'workflow', nullif(r.workflow, ''))""")
          + """

          FROM unnest(:times::text[], :causes::text[], :outcomes::text[], :tasks::text[],
              :workflows::text[])
            WITH ORDINALITY AS r (scheduled_time, cause, outcome, task, workflow, position)
          ORDER BY r.position""";
  private static final String SKIPPED =
      LOG.formatted("jsonb_build_object('reason', :reason::text, 'count', :count::bigint)");

  private ScheduleEvents() {}

  /** Somebody changed it: "CREATED", "UPDATED", "ENABLED", "DISABLED" or "DELETED". */
  static void changed(Connection connection, Schedule schedule, String change, Actor actor)
      throws SQLException {
    NamedSql.on(connection, CHANGED)
        .set("kind", EventKind.SCHEDULE_CHANGED.code())
        .set("subject", schedule.name())
        .set("actor", actor.principal())
        .set("change", change)
        .set("reason", Rows.storable(actor.reason()))
        .update();
  }

  /** It ran: one event for each run, in their order. */
  static void ran(
      Connection connection, Schedule schedule, List<ScheduleRun> runs, String principal)
      throws SQLException {
    NamedSql.on(connection, RAN)
        .set("kind", EventKind.SCHEDULE_RAN.code())
        .set("subject", schedule.name())
        .set("actor", principal)
        .rows(runs)
        .add("times", "text", run -> run.scheduledTime().toString())
        .add("causes", "text", run -> run.cause().name())
        .add("outcomes", "text", run -> run.outcome().name())
        .add("tasks", "text", run -> run.taskId().isEmpty() ? "" : run.target())
        .add("workflows", "text", run -> run.taskId().isEmpty() ? run.target() : "")
        .update();
  }

  /** So many due times did not run for this reason. */
  static void skipped(Connection connection, Schedule schedule, String reason, long count)
      throws SQLException {
    if (count > 0) {
      NamedSql.on(connection, SKIPPED)
          .set("kind", EventKind.SCHEDULE_SKIPPED.code())
          .set("subject", schedule.name())
          .set("actor", schedule.principal())
          .set("reason", reason)
          .set("count", count)
          .update();
    }
  }
}
