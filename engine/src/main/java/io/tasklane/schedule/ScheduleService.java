package io.tasklane.schedule;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.calendar.CalendarReader;
import io.tasklane.commit.CommandKind;
import io.tasklane.database.Database;
import io.tasklane.feature.EngineContext;
import io.tasklane.filter.ScheduleFilter;
import io.tasklane.schedule.calendar.MarketCalendar;
import io.tasklane.schedule.firing.Progress;
import io.tasklane.schedule.preview.Preview;
import io.tasklane.schedule.preview.Stretch;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.task.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Creates, finds, changes, runs and previews schedules. */
public class ScheduleService {
  private final EngineContext engine;
  private final ChangeSchedules changes;
  private final StartRuns starts;

  /** For subclasses, such as test doubles of the edges. */
  protected ScheduleService() {
    this(null, null, null);
  }

  ScheduleService(EngineContext engine, ChangeSchedules changes, StartRuns starts) {
    this.engine = engine;
    this.changes = changes;
    this.starts = starts;
  }

  /**
   * The schedule with this id.
   *
   * @throws Refusal NOT_FOUND: SCHEDULE_NOT_FOUND
   */
  public Schedule get(String scheduleId) {
    return read(
        c -> {
          ScheduleReader reader = new ScheduleReader(c);
          return reader.whole(reader.require(scheduleId));
        });
  }

  /** Schedules that match, by id, after this one, at most so many; without their last runs. */
  public List<Schedule> list(ScheduleFilter filter, String afterScheduleId, int limit) {
    return read(
        c -> {
          Map<String, MarketCalendar> read = new HashMap<>();
          List<Schedule> found = new ArrayList<>();
          for (ScheduleRow row : new ScheduleReader(c).list(filter, afterScheduleId, limit)) {
            Function<String, MarketCalendar> calendars =
                CalendarReader.of(c, row.schedule().spec());
            found.add(
                ScheduleViews.of(name -> read.computeIfAbsent(name, calendars), row, List.of()));
          }
          return found;
        });
  }

  /**
   * What has become of its due times, the newest first, at most so many.
   *
   * @param before only those that were due before; empty for all
   * @throws Refusal NOT_FOUND: SCHEDULE_NOT_FOUND
   */
  public List<ScheduleRun> runs(String scheduleId, Optional<Instant> before, int limit) {
    return read(
        c -> {
          ScheduleReader reader = new ScheduleReader(c);
          Instant end = before.orElse(ScheduleReader.LAST);
          return reader.runs(reader.require(scheduleId), end, limit);
        });
  }

  /**
   * Creates a schedule.
   *
   * @throws Refusal (in the stage) ALREADY_EXISTS: SCHEDULE_EXISTS; INVALID_ARGUMENT naming the
   *     field
   */
  public CompletionStage<Answer<Schedule>> create(
      String scheduleId, ScheduleSpec spec, boolean disabled, Change<Schedule> change) {
    Actor actor = change.caller().actor("");
    return submit(new ChangeSchedules.Create(scheduleId, spec, disabled, actor), change);
  }

  /**
   * The schedule that such a create would create.
   *
   * @throws Refusal as the create would be refused
   */
  public Schedule checkCreate(String scheduleId, ScheduleSpec spec, boolean disabled, Actor actor) {
    return read(
        c -> {
          if (new ScheduleReader(c).find(scheduleId).isPresent()) {
            throw ChangeSchedules.exists(scheduleId);
          }
          Instant now = ScheduleChecks.now(c);
          ChangeSchedules.Create wanted =
              new ChangeSchedules.Create(scheduleId, spec, disabled, actor);
          Schedule made = changes.created(c, wanted, now);
          return ScheduleViews.of(c, new ScheduleRow(0, made, now), List.of());
        });
  }

  /**
   * Changes a schedule from now on.
   *
   * @param etag of the version the change was based on, empty for any
   * @param edit from what it does to what it shall do; called within the change, once or several
   *     times
   * @throws Refusal (in the stage) NOT_FOUND: SCHEDULE_NOT_FOUND; ABORTED: ETAG_MISMATCH;
   *     FAILED_PRECONDITION: SCHEDULE_CATCHING_UP; INVALID_ARGUMENT naming the field
   */
  public CompletionStage<Answer<Schedule>> update(
      String scheduleId,
      Optional<String> etag,
      UnaryOperator<ScheduleSpec> edit,
      Change<Schedule> change) {
    Actor actor = change.caller().actor("");
    return submit(new ChangeSchedules.Update(scheduleId, etag, edit, actor), change);
  }

  /**
   * The schedule as such an update would leave it, with its present etag.
   *
   * @throws Refusal as the update would be refused
   */
  public Schedule checkUpdate(
      String scheduleId, Optional<String> etag, UnaryOperator<ScheduleSpec> edit, Actor actor) {
    return read(
        c -> {
          ScheduleReader reader = new ScheduleReader(c);
          ScheduleRow row = reader.require(scheduleId);
          Schedule updated =
              changes.updated(c, row, new ChangeSchedules.Update(scheduleId, etag, edit, actor));
          Progress seen = updated.progress().seen(row.now());
          Schedule then = updated.with(seen, updated.counts(), updated.error());
          return reader.whole(new ScheduleRow(row.key(), then, row.now()));
        });
  }

  /**
   * Deletes a schedule with its history; its tasks stay.
   *
   * @param etag of the version that may be deleted, empty for any
   * @return the schedule as it was
   * @throws Refusal (in the stage) NOT_FOUND: SCHEDULE_NOT_FOUND; ABORTED: ETAG_MISMATCH
   */
  public CompletionStage<Answer<Schedule>> delete(
      String scheduleId, Optional<String> etag, Change<Schedule> change) {
    Actor actor = change.caller().actor("");
    return submit(new ChangeSchedules.Delete(scheduleId, etag, actor), change);
  }

  /**
   * Enables or disables a schedule.
   *
   * @param reason why, may be empty
   * @throws Refusal (in the stage) NOT_FOUND: SCHEDULE_NOT_FOUND; FAILED_PRECONDITION:
   *     SCHEDULE_CATCHING_UP
   */
  public CompletionStage<Answer<Schedule>> enable(
      String scheduleId, boolean enabled, String reason, Change<Schedule> change) {
    Actor actor = change.caller().actor(reason);
    return submit(new ChangeSchedules.Enable(scheduleId, enabled, actor), change);
  }

  /**
   * Runs a schedule now.
   *
   * @param overlap what to do if a run has not ended; empty for what the schedule does, where
   *     BUFFER_ONE reads as SKIP
   * @return the run, or that it was skipped
   * @throws Refusal (in the stage) NOT_FOUND: SCHEDULE_NOT_FOUND; FAILED_PRECONDITION where its
   *     task cannot be created
   */
  public CompletionStage<Answer<List<ScheduleRun>>> trigger(
      String scheduleId, Optional<OverlapPolicy> overlap, Change<List<ScheduleRun>> change) {
    String principal = change.caller().principal();
    return submit(starts, new StartRuns.Trigger(scheduleId, overlap, principal), change);
  }

  /**
   * Runs what was due in a stretch of the past, but for what has run.
   *
   * @param start the first instant that counts
   * @param end the first instant that does not, not later than now
   * @throws Refusal (in the stage) NOT_FOUND: SCHEDULE_NOT_FOUND; INVALID_ARGUMENT: INVALID_FIELD,
   *     CALENDAR_RANGE; FAILED_PRECONDITION where its task cannot be created
   */
  public CompletionStage<Answer<List<ScheduleRun>>> backfill(
      String scheduleId, Instant start, Instant end, Change<List<ScheduleRun>> change) {
    String principal = change.caller().principal();
    return submit(starts, new StartRuns.Past(scheduleId, start, end, principal), change);
  }

  /**
   * The scheduled times that such a backfill would run.
   *
   * @throws Refusal as the backfill would be refused
   */
  public List<Instant> checkBackfill(String scheduleId, Instant start, Instant end) {
    return read(
        c ->
            StartRuns.firings(
                    c,
                    new ScheduleReader(c).require(scheduleId),
                    new StartRuns.Past(scheduleId, start, end, ""))
                .stream()
                .map(firing -> firing.key().scheduledTime())
                .toList());
  }

  /**
   * The next runs of a stored schedule; of a disabled one as if it were enabled now.
   *
   * @throws Refusal NOT_FOUND: SCHEDULE_NOT_FOUND
   */
  public Preview preview(String scheduleId, Stretch stretch) {
    return read(c -> new SchedulePreviews(c).of(scheduleId, stretch));
  }

  /**
   * The next runs of a schedule that is not stored.
   *
   * @throws Refusal INVALID_ARGUMENT naming the field
   */
  public Preview preview(ScheduleSpec spec, Stretch stretch) {
    return read(c -> new SchedulePreviews(c).of(spec, stretch));
  }

  private <T> T read(Database.Query<T> query) {
    return engine.database().with(query);
  }

  private CompletionStage<Answer<Schedule>> submit(
      ChangeSchedules.Request request, Change<Schedule> change) {
    return submit(changes, request, change);
  }

  private <C, R> CompletionStage<Answer<R>> submit(
      CommandKind<C, R> kind, C request, Change<R> change) {
    return engine.committer().submit(kind, request, change);
  }
}
