package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.filter.ScheduleFilter;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleService;
import io.tasklane.schedule.calendar.BuiltInCalendars;
import io.tasklane.schedule.firing.Progress;
import io.tasklane.schedule.preview.Preview;
import io.tasklane.schedule.preview.Stretch;
import io.tasklane.schedule.stored.Enablement;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleCounts;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.task.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** A schedule service for tests, in memory: it keeps schedules, and nothing is ever due. */
public final class SchedulesOfTest extends ScheduleService {
  public static final Instant NOW = Instant.parse("2026-03-07T12:00:00Z");

  public final Map<String, Schedule> known = new TreeMap<>();
  public Optional<OverlapPolicy> lastOverlap = Optional.empty();
  public Optional<String> lastEtag = Optional.empty();
  public List<Instant> lastStretch = List.of();
  public String lastReason = "";

  @Override
  public Schedule get(String scheduleId) {
    return Optional.ofNullable(known.get(scheduleId))
        .orElseThrow(
            () ->
                Refusal.notFound(
                    RefusalReason.SCHEDULE_NOT_FOUND, "schedules/" + scheduleId, "does not exist"));
  }

  @Override
  public List<Schedule> list(ScheduleFilter filter, String afterScheduleId, int limit) {
    return known.values().stream()
        .filter(schedule -> schedule.scheduleId().compareTo(afterScheduleId) > 0)
        .filter(
            schedule ->
                filter
                    .disabled()
                    .map(disabled -> disabled == schedule.enablement().disabled())
                    .orElse(true))
        .limit(limit)
        .toList();
  }

  @Override
  public List<ScheduleRun> runs(String scheduleId, Optional<Instant> before, int limit) {
    return List.of(NOW.minusSeconds(60), NOW.minusSeconds(120), NOW.minusSeconds(180)).stream()
        .filter(time -> time.isBefore(before.orElse(Instant.MAX)))
        .limit(limit)
        .map(time -> ScheduleRun.started(time, ScheduleRun.Cause.DUE, time, "tasks/t"))
        .toList();
  }

  @Override
  public CompletionStage<Answer<Schedule>> create(
      String scheduleId, ScheduleSpec spec, boolean disabled, Change<Schedule> change) {
    return kept(checkCreate(scheduleId, spec, disabled, change.caller().actor("")));
  }

  @Override
  public Schedule checkCreate(String scheduleId, ScheduleSpec spec, boolean disabled, Actor actor) {
    return new Schedule(
        scheduleId,
        spec,
        Enablement.created(disabled, actor),
        Progress.created(NOW),
        new ScheduleCounts(1, 2, 3, 4, 5),
        "",
        1,
        NOW,
        new Schedule.View("so", Optional.of(NOW), List.of()));
  }

  @Override
  public CompletionStage<Answer<Schedule>> update(
      String scheduleId,
      Optional<String> etag,
      UnaryOperator<ScheduleSpec> edit,
      Change<Schedule> change) {
    return kept(checkUpdate(scheduleId, etag, edit, change.caller().actor("")));
  }

  @Override
  public Schedule checkUpdate(
      String scheduleId, Optional<String> etag, UnaryOperator<ScheduleSpec> edit, Actor actor) {
    lastEtag = etag;
    Schedule present = get(scheduleId);
    return present.with(edit.apply(present.spec()));
  }

  @Override
  public CompletionStage<Answer<Schedule>> delete(
      String scheduleId, Optional<String> etag, Change<Schedule> change) {
    lastEtag = etag;
    return done(known.remove(scheduleId));
  }

  @Override
  public CompletionStage<Answer<Schedule>> enable(
      String scheduleId, boolean enabled, String reason, Change<Schedule> change) {
    lastReason = reason;
    Schedule present = get(scheduleId);
    Actor actor = change.caller().actor(reason);
    Enablement then = present.enablement();
    return kept(present.with(enabled ? then.enable(actor) : then.disable(actor)));
  }

  @Override
  public CompletionStage<Answer<List<ScheduleRun>>> trigger(
      String scheduleId, Optional<OverlapPolicy> overlap, Change<List<ScheduleRun>> change) {
    lastOverlap = overlap;
    return done(List.of(ScheduleRun.started(NOW, ScheduleRun.Cause.TRIGGERED, NOW, "tasks/t-1")));
  }

  @Override
  public CompletionStage<Answer<List<ScheduleRun>>> backfill(
      String scheduleId, Instant start, Instant end, Change<List<ScheduleRun>> change) {
    lastStretch = List.of(start, end);
    return done(
        List.of(ScheduleRun.started(start, ScheduleRun.Cause.BACKFILLED, NOW, "tasks/t-2")));
  }

  @Override
  public List<Instant> checkBackfill(String scheduleId, Instant start, Instant end) {
    return List.of(start);
  }

  @Override
  public Preview preview(String scheduleId, Stretch stretch) {
    return preview(get(scheduleId).spec(), stretch);
  }

  @Override
  public Preview preview(ScheduleSpec spec, Stretch stretch) {
    return Preview.of(
        new Preview.Request(
            "s",
            spec.rules(name -> BuiltInCalendars.find(name).orElseThrow()),
            Progress.created(stretch.start().orElse(NOW)),
            stretch.end(),
            stretch.runs(),
            Optional.empty()));
  }

  private CompletionStage<Answer<Schedule>> kept(Schedule schedule) {
    known.put(schedule.scheduleId(), schedule);
    return done(schedule);
  }

  private static <T> CompletionStage<Answer<T>> done(T value) {
    return CompletableFuture.completedStage(new Answer.Fresh<>(value));
  }
}
