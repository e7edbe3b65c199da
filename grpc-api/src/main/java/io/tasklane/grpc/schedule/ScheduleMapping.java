package io.tasklane.grpc.schedule;

import com.google.protobuf.Timestamp;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.due.DstPolicy;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleAction;
import io.tasklane.schedule.stored.ScheduleCounts;
import io.tasklane.schedule.stored.ScheduleRun;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Schedules and their runs as the wire shows them and asks for them. */
final class ScheduleMapping {
  private ScheduleMapping() {}

  static io.tasklane.v1.Schedule toWire(Schedule schedule) {
    io.tasklane.v1.Schedule.Builder wire =
        io.tasklane.v1.Schedule.newBuilder()
            .setName(schedule.name())
            .setDisabled(schedule.enablement().disabled())
            .setRunningCount(schedule.progress().running())
            .setDescription(schedule.view().description())
            .setError(schedule.error())
            .setCreateTime(WireTime.of(schedule.createTime()))
            .setEtag(schedule.etag());
    add(schedule.spec(), wire);
    add(schedule.counts(), wire);
    schedule.enablement().enabledBy().map(ScheduleMapping::actor).ifPresent(wire::setEnableActor);
    schedule.enablement().disabledBy().map(ScheduleMapping::actor).ifPresent(wire::setDisableActor);
    schedule.view().nextRun().map(WireTime::of).ifPresent(wire::setNextRunTime);
    schedule.view().recentRuns().stream().map(ScheduleMapping::toWire).forEach(wire::addRecentRuns);
    return wire.build();
  }

  /** What a client can set. */
  static void add(ScheduleSpec spec, io.tasklane.v1.Schedule.Builder wire) {
    TriggerMapping.add(spec.trigger(), wire);
    ActionMapping.add(spec.action(), wire);
    wire.setOverlapPolicyValue(spec.overlap().code())
        .setDstPolicyValue(spec.dst().code())
        .setCatchupWindow(WireTime.of(spec.catchUp()))
        .setJitter(WireTime.of(spec.jitter()))
        .setDisableOnFailure(spec.disableOnFailure());
    spec.start().map(WireTime::of).ifPresent(wire::setStartTime);
    spec.end().map(WireTime::of).ifPresent(wire::setEndTime);
  }

  private static void add(ScheduleCounts counts, io.tasklane.v1.Schedule.Builder wire) {
    wire.setRunCount(counts.run())
        .setOverlapSkipCount(counts.overlapSkipped())
        .setClosedCount(counts.closed())
        .setMissedCount(counts.missed())
        .setPendingCount(counts.pending())
        .setDueCount(counts.due());
  }

  private static io.tasklane.v1.Actor actor(Actor actor) {
    return io.tasklane.v1.Actor.newBuilder()
        .setPrincipal(actor.principal())
        .setReason(actor.reason())
        .build();
  }

  static io.tasklane.v1.ScheduleRun toWire(ScheduleRun run) {
    io.tasklane.v1.ScheduleRun.Builder wire =
        io.tasklane.v1.ScheduleRun.newBuilder()
            .setScheduledTime(WireTime.of(run.scheduledTime()))
            .setCauseValue(run.cause().code())
            .setOutcomeValue(run.outcome().code())
            .setTarget(run.target())
            .setExplanation(run.explanation());
    run.startTime().map(WireTime::of).ifPresent(wire::setActualTime);
    run.endTime().map(WireTime::of).ifPresent(wire::setEndTime);
    run.endState().ifPresent(state -> wire.setEndStateValue(state.code()));
    return wire.build();
  }

  /**
   * What a client wants.
   *
   * @throws io.tasklane.grpc.error.InvalidRequest naming the field that is missing or wrong
   */
  static ScheduleSpec read(io.tasklane.v1.Schedule wire) {
    return read(wire, ActionMapping.read(wire));
  }

  /** The same of a schedule of which it does not matter what it does. */
  static ScheduleSpec readTrigger(io.tasklane.v1.Schedule wire) {
    return read(wire, new ScheduleAction.Create(TaskRequest.of("", "", Payload.json("{}"))));
  }

  private static ScheduleSpec read(io.tasklane.v1.Schedule wire, ScheduleAction action) {
    return new ScheduleSpec(
        TriggerMapping.read(wire),
        wire.getOverlapPolicyValue() == 0
            ? OverlapPolicy.SKIP
            : OverlapPolicy.of(wire.getOverlapPolicyValue()),
        wire.getDstPolicyValue() == 0 ? DstPolicy.ONCE : DstPolicy.of(wire.getDstPolicyValue()),
        wire.hasCatchupWindow()
            ? WireTime.of(wire.getCatchupWindow())
            : ScheduleRules.DEFAULT_CATCH_UP,
        wire.hasJitter() ? WireTime.of(wire.getJitter()) : Duration.ZERO,
        time(wire.hasStartTime(), wire.getStartTime(), "schedule.start_time"),
        time(wire.hasEndTime(), wire.getEndTime(), "schedule.end_time"),
        action,
        wire.getDisableOnFailure());
  }

  /** A time that may be missing. */
  static Optional<Instant> time(boolean set, Timestamp time, String field) {
    return set ? Optional.of(WireTime.of(time, field)) : Optional.empty();
  }
}
