package io.tasklane.grpc.schedule;

import io.tasklane.grpc.call.PageLimit;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleService;
import io.tasklane.schedule.preview.Preview;
import io.tasklane.schedule.preview.Stretch;
import io.tasklane.schedule.preview.Verdict;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.v1.BackfillScheduleRequest;
import io.tasklane.v1.BackfillScheduleResponse;
import io.tasklane.v1.ListScheduleRunsRequest;
import io.tasklane.v1.ListScheduleRunsResponse;
import io.tasklane.v1.PreviewScheduleRequest;
import io.tasklane.v1.PreviewScheduleResponse;
import io.tasklane.v1.PreviewedRun;
import io.tasklane.v1.TriggerScheduleRequest;
import io.tasklane.v1.TriggerScheduleResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Runs of schedules: those that were, those that will be, and those that somebody asks for. */
final class ScheduleRuns {
  private static final int USUAL_PREVIEW = 10;

  private final ScheduleService schedules;

  ScheduleRuns(ScheduleService schedules) {
    this.schedules = schedules;
  }

  CompletionStage<TriggerScheduleResponse> trigger(TriggerScheduleRequest request) {
    Replay<List<ScheduleRun>, TriggerScheduleResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            runs ->
                TriggerScheduleResponse.newBuilder()
                    .setRun(ScheduleMapping.toWire(runs.get(0)))
                    .build(),
            TriggerScheduleResponse.parser());
    Optional<OverlapPolicy> overlap =
        request.getOverlapPolicyValue() == 0
            ? Optional.empty()
            : Optional.of(OverlapPolicy.of(request.getOverlapPolicyValue()));
    return schedules
        .trigger(id(request.getName()), overlap, replay.change())
        .thenApply(replay::response);
  }

  CompletionStage<BackfillScheduleResponse> backfill(BackfillScheduleRequest request) {
    String id = id(request.getName());
    Instant start = WireTime.of(request.getStartTime(), "start_time");
    Instant end = WireTime.of(request.getEndTime(), "end_time");
    if (request.getValidateOnly()) {
      List<ScheduleRun> planned =
          schedules.checkBackfill(id, start, end).stream().map(ScheduleRuns::planned).toList();
      return CompletableFuture.completedStage(backfilled(planned));
    }
    Replay<List<ScheduleRun>, BackfillScheduleResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            ScheduleRuns::backfilled,
            BackfillScheduleResponse.parser());
    return schedules.backfill(id, start, end, replay.change()).thenApply(replay::response);
  }

  private static ScheduleRun planned(Instant scheduledTime) {
    return ScheduleRun.without(
        scheduledTime, ScheduleRun.Cause.BACKFILLED, ScheduleRun.Outcome.STARTED, "");
  }

  private static BackfillScheduleResponse backfilled(List<ScheduleRun> runs) {
    BackfillScheduleResponse.Builder response = BackfillScheduleResponse.newBuilder();
    runs.stream().map(ScheduleMapping::toWire).forEach(response::addRuns);
    return response.build();
  }

  ListScheduleRunsResponse list(ListScheduleRunsRequest request) {
    String id = id(request.getName());
    PageToken token = new PageToken("runs of " + id, "");
    Optional<Instant> before =
        token.position(request.getPageToken()).map(at -> time(at, request.getPageToken()));
    int size = PageSize.of(request.getPageSize());
    List<ScheduleRun> found = schedules.runs(id, before, size);
    List<io.tasklane.v1.ScheduleRun> page =
        PageLimit.fitting(found.stream().map(ScheduleMapping::toWire).toList());
    ListScheduleRunsResponse.Builder response =
        ListScheduleRunsResponse.newBuilder().addAllRuns(page);
    if (!page.isEmpty() && (page.size() < found.size() || page.size() == size)) {
      response.setNextPageToken(token.after(found.get(page.size() - 1).scheduledTime().toString()));
    }
    return response.build();
  }

  private static Instant time(String position, String token) {
    try {
      return Instant.parse(position);
    } catch (DateTimeException notOurs) {
      throw PageToken.refused(token);
    }
  }

  PreviewScheduleResponse preview(PreviewScheduleRequest request) {
    Optional<Instant> start =
        ScheduleMapping.time(request.hasStartTime(), request.getStartTime(), "start_time");
    Optional<Instant> end =
        ScheduleMapping.time(request.hasEndTime(), request.getEndTime(), "end_time");
    if (start.isPresent() && end.isPresent() && !end.get().isAfter(start.get())) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "end_time",
          end.get() + " is not allowed: later than start_time " + start.get() + " is");
    }
    int runs = request.getMaximumRuns() == 0 ? USUAL_PREVIEW : request.getMaximumRuns();
    Stretch stretch = new Stretch(start, end, runs);
    Preview preview =
        request.hasName()
            ? schedules.preview(id(request.getName()), stretch)
            : schedules.preview(ScheduleMapping.readTrigger(request.getSchedule()), stretch);
    PreviewScheduleResponse.Builder response = PreviewScheduleResponse.newBuilder();
    preview.runs().stream().map(ScheduleRuns::toWire).forEach(response::addRuns);
    preview.ending().ifPresent(response::setEnding);
    return response.build();
  }

  private static PreviewedRun toWire(io.tasklane.schedule.preview.PreviewedRun run) {
    return PreviewedRun.newBuilder()
        .setScheduledTime(WireTime.of(run.scheduledTime()))
        .setStartTime(WireTime.of(run.startTime()))
        .setVerdict(verdict(run.verdict()))
        .setExplanation(run.explanation())
        .build();
  }

  private static PreviewedRun.Verdict verdict(Verdict verdict) {
    return switch (verdict) {
      case RUN -> PreviewedRun.Verdict.VERDICT_RUN;
      case SKIPPED_OVERLAP -> PreviewedRun.Verdict.VERDICT_SKIPPED_OVERLAP;
      case SKIPPED_CLOSED -> PreviewedRun.Verdict.VERDICT_SKIPPED_CLOSED;
      case DST_GAP -> PreviewedRun.Verdict.VERDICT_DST_GAP;
      case DST_OVERLAP -> PreviewedRun.Verdict.VERDICT_DST_OVERLAP;
    };
  }

  private static String id(String name) {
    return WireName.SCHEDULE.id(name, "name");
  }
}
