package io.tasklane.schedule;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.schedule.calendar.CalendarRangeException;
import io.tasklane.schedule.due.InvalidScheduleException;
import io.tasklane.schedule.firing.Backfill;
import io.tasklane.schedule.firing.Firing;
import io.tasklane.schedule.firing.FiringKey;
import io.tasklane.schedule.stored.ScheduleRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Runs schedules because somebody asks for it: now, or for a stretch of the past. It changes
 * neither their counts nor what is due next.
 *
 * @param starter starts runs
 */
record StartRuns(RunStarter starter)
    implements SingleCommand<StartRuns.Request, List<ScheduleRun>> {
  private static final int MOST_WORKFLOWS = 100;

  /** A request to run a schedule. */
  sealed interface Request {
    /** Final part of the schedule's name. */
    String scheduleId();

    /** Who asks. */
    String principal();
  }

  /**
   * Runs it now.
   *
   * @param overlap what to do if a run has not ended, other than BUFFER_ONE; empty for what the
   *     schedule does
   */
  record Trigger(String scheduleId, Optional<OverlapPolicy> overlap, String principal)
      implements Request {}

  /**
   * Runs what was due.
   *
   * @param start the first instant that counts
   * @param end the first instant that does not
   */
  record Past(String scheduleId, Instant start, Instant end, String principal) implements Request {}

  @Override
  public CommandOrder order() {
    return CommandOrder.START_RUNS;
  }

  @Override
  public Outcome<List<ScheduleRun>> executeOne(Batch batch, Request request) throws SQLException {
    Connection connection = batch.connection();
    ScheduleRow row = new ScheduleReader(connection).lock(request.scheduleId());
    return Outcome.done(
        request instanceof Trigger trigger
            ? List.of(trigger(batch, row, trigger))
            : backfill(batch, row, (Past) request));
  }

  private ScheduleRun trigger(Batch batch, ScheduleRow row, Trigger request) throws SQLException {
    RunRows runs = new RunRows(batch.connection(), row.key());
    OverlapPolicy policy = request.overlap().orElse(row.schedule().spec().overlap());
    List<RunRows.Unseen> open = runs.unseen().stream().filter(run -> run.end().isEmpty()).toList();
    boolean skips = policy == OverlapPolicy.SKIP || policy == OverlapPolicy.BUFFER_ONE;
    if (skips && !open.isEmpty()) {
      return ScheduleRun.without(
          row.now(),
          ScheduleRun.Cause.TRIGGERED,
          ScheduleRun.Outcome.SKIPPED_OVERLAP,
          open.get(0).label() + " had not ended");
    }
    List<Firing> now = List.of(at(row.now(), request));
    while (runs.fresh(now).isEmpty()) { // a due time of this very microsecond
      now = List.of(at(now.get(0).startTime().plus(1, ChronoUnit.MICROS), request));
    }
    ScheduleRun run = started(batch, row, now, ScheduleRun.Cause.TRIGGERED, request).get(0);
    if (policy == OverlapPolicy.CANCEL_OTHER) {
      List<RunRows.Open> others =
          open.stream().map(o -> new RunRows.Open(o.scheduledTime(), o.target())).toList();
      starter.cancel(batch, row, others, run.scheduledTime());
    }
    return run;
  }

  private static Firing at(Instant time, Trigger request) {
    return new Firing(new FiringKey(request.scheduleId(), time), time, false);
  }

  private List<ScheduleRun> backfill(Batch batch, ScheduleRow row, Past request)
      throws SQLException {
    List<Firing> firings = firings(batch.connection(), row, request);
    return firings.isEmpty()
        ? List.of()
        : started(batch, row, firings, ScheduleRun.Cause.BACKFILLED, request);
  }

  /**
   * What a backfill would run, in order.
   *
   * @throws Refusal INVALID_ARGUMENT: INVALID_FIELD, CALENDAR_RANGE
   */
  static List<Firing> firings(Connection connection, ScheduleRow row, Past request)
      throws SQLException {
    if (request.end().isAfter(row.now())) {
      throw Refusal.invalid(
          RefusalReason.INVALID_FIELD,
          "end_time",
          "end_time: " + request.end() + " is not allowed: not later than now (" + row.now() + ")");
    }
    return new RunRows(connection, row.key()).fresh(due(connection, row, request));
  }

  private static List<Firing> due(Connection connection, ScheduleRow row, Past request) {
    try {
      ScheduleRules rules = ScheduleChecks.rules(connection, row.schedule().spec());
      List<Firing> due =
          Backfill.between(request.scheduleId(), rules, request.start(), request.end());
      requireFewWorkflows(row, due.size());
      return due;
    } catch (InvalidScheduleException wrong) {
      throw Refusal.invalid(RefusalReason.INVALID_FIELD, wrong.field(), wrong.getMessage());
    } catch (CalendarRangeException unknown) {
      throw Refusal.invalid(RefusalReason.CALENDAR_RANGE, "start_time", unknown.getMessage());
    }
  }

  /** Each costs several statements, and others wait for the commit. */
  private static void requireFewWorkflows(ScheduleRow row, int due) {
    if (row.schedule().spec().action().createdTask().isEmpty() && due > MOST_WORKFLOWS) {
      throw Refusal.invalid(
          RefusalReason.INVALID_FIELD,
          "end_time",
          due
              + " workflows are too many for one backfill; at most "
              + MOST_WORKFLOWS
              + " are allowed");
    }
  }

  private List<ScheduleRun> started(
      Batch batch, ScheduleRow row, List<Firing> firings, ScheduleRun.Cause cause, Request request)
      throws SQLException {
    try {
      return starter.start(batch, row, firings, cause, request.principal());
    } catch (Refusal refused) {
      throw Refusal.precondition(
          refused.reason(), row.schedule().name(), "cannot run: " + refused.getMessage());
    }
  }
}
