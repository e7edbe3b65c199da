package io.tasklane.schedule;

import io.tasklane.api.Refusal;
import io.tasklane.calendar.CalendarReader;
import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.schedule.calendar.CalendarRangeException;
import io.tasklane.schedule.due.InvalidScheduleException;
import io.tasklane.schedule.firing.Decision;
import io.tasklane.schedule.firing.Firing;
import io.tasklane.schedule.firing.FiringRules;
import io.tasklane.schedule.firing.Progress;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleCounts;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Actor;
import io.tasklane.task.state.TaskState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A look at a schedule whose row is locked: takes note of runs that have ended, decides what is
 * due, and writes what comes of it.
 *
 * @param starter starts runs
 * @param signals sent for the next look
 * @param keep how long runs are kept after their end
 */
record ScheduleLook(RunStarter starter, ReadySignals signals, Duration keep) {
  /** When to try again if a schedule cannot decide what is due. */
  static final Duration PAUSE = Duration.ofHours(1);

  private static final String SAVE =
      """
      UPDATE schedule SET seen_until = :seen_until, buffered = :buffered, anchor = :anchor,
          run_count = :run, overlap_count = :overlap, closed_count = :closed,
          missed_count = :missed, error = :error,
          version = version + CASE WHEN disabled = :disabled THEN 0 ELSE 1 END,
          disabled = :disabled,
          enable_principal = :enable_principal, enable_reason = :enable_reason,
          disable_principal = :disable_principal, disable_reason = :disable_reason
      WHERE id = :schedule""";

  /**
   * What is due now by the rules that hold; nothing is written.
   *
   * @throws Refusal CALENDAR_UNKNOWN
   * @throws InvalidScheduleException if this build does not take what was stored
   * @throws CalendarRangeException if its calendar does not know
   */
  static Decision decision(Connection connection, ScheduleRow row) {
    return rules(connection, row).decide(row.schedule().progress(), row.now());
  }

  private static FiringRules rules(Connection connection, ScheduleRow row) {
    Schedule schedule = row.schedule();
    return new FiringRules(
        schedule.scheduleId(),
        schedule.spec().rules(CalendarReader.of(connection, schedule.spec())));
  }

  /** Looks, and returns the schedule as it is now. */
  ScheduleRow look(Batch batch, ScheduleRow row) throws SQLException {
    RunRows runs = new RunRows(batch.connection(), row.key());
    startDelayed(batch, row, runs);
    List<RunRows.Unseen> unseen = runs.unseen();
    List<RunRows.Unseen> ended = unseen.stream().filter(run -> run.end().isPresent()).toList();
    runs.see(ended);
    ScheduleRow noted = noted(batch, row, unseen, ended);
    ScheduleRow decided = noted;
    if (!noted.schedule().enablement().disabled()) {
      List<RunRows.Open> open = new ArrayList<>();
      unseen.stream()
          .filter(run -> run.end().isEmpty())
          .forEach(run -> open.add(new RunRows.Open(run.scheduledTime(), run.target())));
      decided = decide(batch, noted, runs, open);
    }
    runs.forget(keep);
    save(batch.connection(), decided);
    return decided;
  }

  /** Starts the workflows that waited for their start time, also if it is disabled by now. */
  private void startDelayed(Batch batch, ScheduleRow row, RunRows runs) throws SQLException {
    for (ScheduleRun run : runs.delayed(row.now())) {
      try {
        starter.startDelayed(batch, row, run);
      } catch (Refusal refused) {
        runs.failDelayed(run.scheduledTime(), refused.getMessage());
      }
    }
  }

  /** Takes note of the runs that have ended. */
  private static ScheduleRow noted(
      Batch batch, ScheduleRow row, List<RunRows.Unseen> unseen, List<RunRows.Unseen> ended)
      throws SQLException {
    Schedule schedule = row.schedule();
    Progress progress = schedule.progress().running(unseen.size());
    for (RunRows.Unseen run : ended) {
      progress = progress.ended(run.end().orElseThrow());
    }
    Schedule noted = schedule.with(progress, schedule.counts(), schedule.error());
    Optional<RunRows.Unseen> failed =
        ended.stream().filter(run -> run.state().equals(Optional.of(TaskState.FAILED))).findFirst();
    if (failed.isPresent()) {
      noted = disabledBy(batch, noted, failed.get().label() + " failed");
    }
    return new ScheduleRow(row.key(), noted, row.now());
  }

  /** Disabled, if it is to disable itself on a failure. */
  private static Schedule disabledBy(Batch batch, Schedule schedule, String failure)
      throws SQLException {
    if (!schedule.spec().disableOnFailure() || schedule.enablement().disabled()) {
      return schedule;
    }
    Actor itself = new Actor(schedule.principal(), failure);
    ScheduleEvents.changed(batch.connection(), schedule, "DISABLED", itself);
    return schedule.with(schedule.enablement().disable(itself));
  }

  private ScheduleRow decide(Batch batch, ScheduleRow row, RunRows runs, List<RunRows.Open> open)
      throws SQLException {
    FiringRules rules;
    Decision decision;
    try {
      rules = rules(batch.connection(), row);
      decision = rules.decide(row.schedule().progress(), row.now());
    } catch (CalendarRangeException | InvalidScheduleException | Refusal unknown) {
      lookIn(batch, runs, row.now().plus(PAUSE), row.now());
      Schedule schedule = row.schedule();
      return new ScheduleRow(
          row.key(),
          schedule.with(schedule.progress(), schedule.counts(), unknown.getMessage()),
          row.now());
    }
    Optional<String> failure = fire(batch, row, runs, decision, open);
    runs.insert(decision.skips());
    logSkips(batch.connection(), row.schedule(), decision);
    Progress progress = after(decision.progress(), open.size(), failure, row.now());
    String error = lookNext(batch, runs, rules, progress, row.now(), decision);
    ScheduleCounts counts = row.schedule().counts().and(decision);
    Schedule decided = row.schedule().with(progress, counts, error);
    if (failure.isPresent()) {
      decided = disabledBy(batch, decided, failure.get());
    }
    return new ScheduleRow(row.key(), decided, row.now());
  }

  /** A run that could not be started has ended at once. */
  private static Progress after(
      Progress decided, int running, Optional<String> failure, Instant now) {
    Progress progress = decided.running(running);
    return failure.isEmpty() ? progress : progress.running(running + 1).ended(now);
  }

  /**
   * Starts what runs; one that cannot be started does not keep the others from it.
   *
   * @param open runs that have not ended; the new ones are added
   * @return why the last one could not be started that could not
   */
  private Optional<String> fire(
      Batch batch, ScheduleRow row, RunRows runs, Decision decision, List<RunRows.Open> open)
      throws SQLException {
    Optional<String> failure = Optional.empty();
    for (Firing firing :
        runs.fresh(decision.firings())) { // somebody may have asked for some before
      Instant scheduled = firing.key().scheduledTime();
      List<RunRows.Open> others = firing.cancelOthers() ? List.copyOf(open) : List.of();
      try {
        starter
            .start(batch, row, List.of(firing), ScheduleRun.Cause.DUE, row.schedule().principal())
            .forEach(run -> open.add(new RunRows.Open(run.scheduledTime(), run.target())));
        wakeAt(batch, firing.startTime(), row.now());
      } catch (Refusal refused) {
        failure = Optional.of(refused.getMessage());
        failed(batch, row, runs, scheduled, refused.getMessage());
      }
      if (!others.isEmpty()) {
        starter.cancel(batch, row, others, scheduled);
        open.removeAll(others);
      }
    }
    return failure;
  }

  /** A start that the jitter delays does not wait for the next tick. */
  private void wakeAt(Batch batch, Instant start, Instant now) {
    if (start.isAfter(now)) {
      Duration in = Duration.between(now, start);
      batch.afterCommit(() -> signals.dueIn(in));
    }
  }

  private static void failed(
      Batch batch, ScheduleRow row, RunRows runs, Instant scheduled, String why)
      throws SQLException {
    ScheduleRun run =
        ScheduleRun.without(
            scheduled, ScheduleRun.Cause.DUE, ScheduleRun.Outcome.FAILED_TO_START, why);
    runs.fail(run);
    ScheduleEvents.ran(
        batch.connection(), row.schedule(), List.of(run), row.schedule().principal());
  }

  private static void logSkips(Connection connection, Schedule schedule, Decision decision)
      throws SQLException {
    ScheduleEvents.skipped(connection, schedule, "OVERLAP", decision.overlapSkips());
    ScheduleEvents.skipped(connection, schedule, "CLOSED", decision.closed());
    ScheduleEvents.skipped(connection, schedule, "MISSED", decision.missed());
  }

  /**
   * Asks for the next look, and returns why what is due then cannot be decided; empty if it can.
   */
  private String lookNext(
      Batch batch,
      RunRows runs,
      FiringRules rules,
      Progress progress,
      Instant now,
      Decision decision)
      throws SQLException {
    Optional<String> blocked = decision.blocked();
    if (decision.unfinished() || progress.buffered().isPresent() && progress.running() == 0) {
      lookIn(batch, runs, now, now);
      return "";
    }
    try {
      Optional<Instant> next = blocked.isPresent() ? Optional.empty() : rules.nextDue(progress);
      if (next.isPresent()) {
        lookIn(batch, runs, next.get(), now);
      }
    } catch (CalendarRangeException unknown) {
      lookIn(batch, runs, now.plus(PAUSE), now);
      return unknown.getMessage();
    }
    if (blocked.isPresent()) {
      lookIn(batch, runs, now.plus(PAUSE), now);
    }
    return blocked.orElse("");
  }

  private void lookIn(Batch batch, RunRows runs, Instant due, Instant now) throws SQLException {
    runs.lookAt(due);
    Duration in = Duration.between(now, due);
    batch.afterCommit(() -> signals.dueIn(in));
  }

  private static void save(Connection connection, ScheduleRow row) throws SQLException {
    Schedule schedule = row.schedule();
    ScheduleCounts counts = schedule.counts();
    ScheduleRow.bind(NamedSql.on(connection, SAVE), schedule.enablement())
        .set("schedule", row.key())
        .set("seen_until", ScheduleRow.timestamp(schedule.progress().seenUntil()))
        .set("buffered", ScheduleRow.timestamp(schedule.progress().buffered()))
        .set("anchor", ScheduleRow.timestamp(schedule.progress().anchor()))
        .set("run", counts.run())
        .set("overlap", counts.overlapSkipped())
        .set("closed", counts.closed())
        .set("missed", counts.missed())
        .set("error", Rows.storable(schedule.error()))
        .update();
  }
}
