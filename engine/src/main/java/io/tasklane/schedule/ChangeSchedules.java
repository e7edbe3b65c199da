package io.tasklane.schedule;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Etag;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Parameters;
import io.tasklane.schedule.calendar.CalendarRangeException;
import io.tasklane.schedule.due.InvalidScheduleException;
import io.tasklane.schedule.firing.Progress;
import io.tasklane.schedule.stored.Enablement;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleCounts;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.task.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Creates, changes, enables, disables and deletes schedules. Whatever was due before a change is
 * decided by the rules that held then; from now on the new ones hold.
 *
 * @param look decides what was due
 * @param checks what clients want
 */
record ChangeSchedules(ScheduleLook look, ScheduleChecks checks)
    implements SingleCommand<ChangeSchedules.Request, Schedule> {
  /** A request to change a schedule. */
  sealed interface Request {
    /** Final part of the schedule's name. */
    String scheduleId();

    /** Who asks, and why. */
    Actor actor();
  }

  /** Creates a schedule, enabled or not. */
  record Create(String scheduleId, ScheduleSpec spec, boolean disabled, Actor actor)
      implements Request {}

  /**
   * Changes what a schedule does, or when.
   *
   * @param etag of the version the change is based on, empty for any
   * @param edit from what it does to what it shall do
   */
  record Update(
      String scheduleId, Optional<String> etag, UnaryOperator<ScheduleSpec> edit, Actor actor)
      implements Request {}

  /** Enables or disables a schedule. */
  record Enable(String scheduleId, boolean enabled, Actor actor) implements Request {}

  /**
   * Deletes a schedule with its history.
   *
   * @param etag of the version that may be deleted, empty for any
   */
  record Delete(String scheduleId, Optional<String> etag, Actor actor) implements Request {}

  private static final String INSERT =
      """
      INSERT INTO schedule (name, trigger, calendar, overlap, dst, catch_up_ms, jitter_ms,
          start_time, end_time, task, queue, task_type, workflow, disable_on_failure,
          looks_at_ends, disabled, enable_principal, enable_reason, disable_principal,
          disable_reason, create_time,
          seen_until, anchor)
      VALUES (:name, :trigger, :calendar, :overlap, :dst, :catch_up_ms, :jitter_ms, :start_time,
          :end_time, :task, :queue, :task_type, :workflow, :disable_on_failure,
          :looks_at_ends, :disabled, :enable_principal, :enable_reason, :disable_principal,
          :disable_reason, :now, :now, :now)
      ON CONFLICT (name) DO NOTHING""";
  private static final String UPDATE =
      """
      UPDATE schedule SET trigger = :trigger, calendar = :calendar, overlap = :overlap, dst = :dst,
          catch_up_ms = :catch_up_ms, jitter_ms = :jitter_ms, start_time = :start_time,
          end_time = :end_time, task = :task, queue = :queue, task_type = :task_type,
          workflow = :workflow,
          disable_on_failure = :disable_on_failure, looks_at_ends = :looks_at_ends,
          disabled = :disabled, enable_principal = :enable_principal,
          enable_reason = :enable_reason, disable_principal = :disable_principal,
          disable_reason = :disable_reason, seen_until = :seen_until, version = version + 1
      WHERE name = :name""";
  private static final String SEE =
      "UPDATE schedule SET seen_until = :seen_until WHERE name = :name";

  /** Until the schedule that uses it is written, nobody deletes the calendar. */
  private static final String KEEP_CALENDAR = "SELECT FROM calendar WHERE name = :name FOR SHARE";

  private static final String DELETE =
      """
      WITH gone AS MATERIALIZED (SELECT id FROM schedule WHERE name = :name),
      due AS (DELETE FROM schedule_due d USING gone WHERE d.schedule = gone.id),
      skips AS (DELETE FROM schedule_skip s USING gone WHERE s.schedule = gone.id),
      runs AS (DELETE FROM schedule_run r USING gone WHERE r.schedule = gone.id)
      DELETE FROM schedule WHERE id = (SELECT id FROM gone)""";

  @Override
  public CommandOrder order() {
    return CommandOrder.CHANGE_SCHEDULES;
  }

  @Override
  public Outcome<Schedule> executeOne(Batch batch, Request request) throws SQLException {
    if (request instanceof Create create) {
      return Outcome.done(create(batch, create));
    }
    ScheduleReader reader = new ScheduleReader(batch.connection());
    ScheduleRow row = reader.lock(request.scheduleId());
    if (request instanceof Delete delete) {
      return Outcome.done(delete(batch.connection(), reader.whole(row), delete));
    }
    Optional<ScheduleSpec> wanted = Optional.empty();
    if (request instanceof Update update) {
      ScheduleSpec spec = edited(row, update);
      keepCalendar(batch.connection(), spec); // first, so that the check sees if it is gone
      checks.require(batch.connection(), spec, row.now());
      wanted = Optional.of(spec);
    }
    requireCaughtUp(batch.connection(), row);
    ScheduleRow settled = look.look(batch, row);
    Schedule present = settled.schedule();
    write(
        batch,
        settled,
        wanted.isPresent()
            ? present.with(wanted.get())
            : present.with(switched(present.enablement(), (Enable) request)),
        request);
    return Outcome.done(reader.whole(reader.require(request.scheduleId())));
  }

  private Schedule create(Batch batch, Create request) throws SQLException {
    Connection connection = batch.connection();
    keepCalendar(connection, request.spec());
    Instant now = ScheduleChecks.now(connection);
    Schedule schedule = created(connection, request, now);
    int written =
        ScheduleRow.bind(NamedSql.on(connection, INSERT), schedule)
            .set("name", request.scheduleId())
            .set("now", ScheduleRow.timestamp(now))
            .update();
    if (written == 0) {
      throw exists(request.scheduleId());
    }
    ScheduleEvents.changed(connection, schedule, "CREATED", request.actor());
    ScheduleReader reader = new ScheduleReader(connection);
    ScheduleRow row = reader.require(request.scheduleId());
    lookNow(batch, row);
    return reader.whole(row);
  }

  /**
   * The schedule as it would be created, without its view.
   *
   * @throws Refusal as the command would be refused
   */
  Schedule created(Connection connection, Create request, Instant now) throws SQLException {
    checks.require(connection, request.spec(), now);
    return unchecked(request, now);
  }

  /** The same without a check, of which the rules are still to be read. */
  static Schedule unchecked(Create request, Instant now) {
    return new Schedule(
        request.scheduleId(),
        request.spec(),
        Enablement.created(request.disabled(), request.actor()),
        Progress.created(now),
        ScheduleCounts.NONE,
        "",
        1,
        now,
        Schedule.View.NONE);
  }

  static Refusal exists(String scheduleId) {
    return Refusal.about(
        Refusal.Sort.ALREADY_EXISTS,
        RefusalReason.SCHEDULE_EXISTS,
        "schedules/" + scheduleId,
        "exists already; update it, or choose another schedule_id");
  }

  private static Enablement switched(Enablement present, Enable request) {
    return request.enabled() ? present.enable(request.actor()) : present.disable(request.actor());
  }

  /**
   * The schedule as it would be after this change.
   *
   * @throws Refusal as the command would be refused
   */
  Schedule updated(Connection connection, ScheduleRow row, Update request) throws SQLException {
    ScheduleSpec spec = edited(row, request);
    checks.require(connection, spec, row.now());
    return row.schedule().with(spec);
  }

  private static ScheduleSpec edited(ScheduleRow row, Update request) {
    Schedule present = row.schedule();
    Etag.check(present.name(), present.etag(), request.etag());
    return request.edit().apply(present.spec());
  }

  /** What one look cannot decide would be lost, or decided by the wrong rules. */
  private static void requireCaughtUp(Connection connection, ScheduleRow row) {
    if (!row.schedule().enablement().disabled() && !isCaughtUp(connection, row)) {
      throw Refusal.precondition(
          RefusalReason.SCHEDULE_CATCHING_UP,
          row.schedule().name(),
          "has more due times to decide that lie behind; try again in a moment");
    }
  }

  private static boolean isCaughtUp(Connection connection, ScheduleRow row) {
    try {
      return !ScheduleLook.decision(connection, row).unfinished();
    } catch (CalendarRangeException | InvalidScheduleException | Refusal unknown) {
      return true; // nothing can be decided by the old rules any more
    }
  }

  private void write(Batch batch, ScheduleRow settled, Schedule whole, Request request)
      throws SQLException {
    Schedule present = settled.schedule();
    boolean same = whole.equals(present);
    Parameters parameters =
        NamedSql.on(batch.connection(), same ? SEE : UPDATE)
            .set("name", present.scheduleId())
            .set(
                "seen_until",
                ScheduleRow.timestamp(present.progress().seen(settled.now()).seenUntil()));
    (same ? parameters : ScheduleRow.bind(parameters, whole)).update();
    if (!same) {
      ScheduleEvents.changed(batch.connection(), whole, change(request), request.actor());
    }
    lookNow(batch, settled);
  }

  private static String change(Request request) {
    if (request instanceof Enable enable) {
      return enable.enabled() ? "ENABLED" : "DISABLED";
    }
    return "UPDATED";
  }

  private static void keepCalendar(Connection connection, ScheduleSpec spec) throws SQLException {
    Optional<String> calendar = spec.trigger().calendar();
    if (calendar.isPresent()) {
      NamedSql.on(connection, KEEP_CALENDAR).set("name", calendar.get()).lock();
    }
  }

  private void lookNow(Batch batch, ScheduleRow row) throws SQLException {
    new RunRows(batch.connection(), row.key()).lookAt(row.now());
    batch.afterCommit(() -> look.signals().dueIn(Duration.ZERO));
  }

  private static Schedule delete(Connection connection, Schedule present, Delete request)
      throws SQLException {
    Etag.check(present.name(), present.etag(), request.etag());
    NamedSql.on(connection, DELETE).set("name", request.scheduleId()).update();
    ScheduleEvents.changed(connection, present, "DELETED", request.actor());
    return present;
  }
}
