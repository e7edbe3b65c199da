package io.tasklane.grpc.schedule;

import io.tasklane.grpc.call.CallInfo;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.call.UpdateMask;
import io.tasklane.grpc.wire.WireEtag;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.schedule.ScheduleService;
import io.tasklane.schedule.stored.Schedule;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.v1.CreateScheduleRequest;
import io.tasklane.v1.CreateScheduleResponse;
import io.tasklane.v1.DeleteScheduleRequest;
import io.tasklane.v1.DeleteScheduleResponse;
import io.tasklane.v1.DisableScheduleRequest;
import io.tasklane.v1.DisableScheduleResponse;
import io.tasklane.v1.EnableScheduleRequest;
import io.tasklane.v1.EnableScheduleResponse;
import io.tasklane.v1.UpdateScheduleRequest;
import io.tasklane.v1.UpdateScheduleResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Creates, changes and deletes schedules. */
final class ScheduleChanges {
  private static final UpdateMask.Fields FIELDS =
      new UpdateMask.Fields(
          List.of(
              "cron",
              "interval",
              "session",
              "once_time",
              "task",
              "workflow",
              "template_start",
              "overlap_policy",
              "dst_policy",
              "catchup_window",
              "jitter",
              "start_time",
              "end_time",
              "disable_on_failure"),
          true,
          Set.of());

  private final ScheduleService schedules;

  ScheduleChanges(ScheduleService schedules) {
    this.schedules = schedules;
  }

  CompletionStage<CreateScheduleResponse> create(CreateScheduleRequest request) {
    String id = request.getScheduleId();
    requireName(request.getSchedule().getName(), id);
    ScheduleSpec spec = ScheduleMapping.read(request.getSchedule());
    boolean disabled = request.getSchedule().getDisabled();
    if (request.getValidateOnly()) {
      Schedule planned =
          schedules.checkCreate(id, spec, disabled, CallInfo.current().caller().actor(""));
      return CompletableFuture.completedStage(
          CreateScheduleResponse.newBuilder()
              .setSchedule(ScheduleMapping.toWire(planned).toBuilder().clearEtag())
              .build());
    }
    Replay<Schedule, CreateScheduleResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            made -> CreateScheduleResponse.newBuilder().setSchedule(wire(made)).build(),
            CreateScheduleResponse.parser());
    return schedules.create(id, spec, disabled, replay.change()).thenApply(replay::response);
  }

  private static void requireName(String name, String id) {
    if (!name.isEmpty() && !name.equals(WireName.SCHEDULE.of(id))) {
      throw TriggerMapping.wrong(
          "name",
          "\"" + name + "\" is not allowed: the name comes from schedule_id, \"" + id + "\"");
    }
  }

  CompletionStage<UpdateScheduleResponse> update(UpdateScheduleRequest request) {
    io.tasklane.v1.Schedule wanted = request.getSchedule();
    UpdateMask<io.tasklane.v1.Schedule> mask =
        UpdateMask.namedOrSet(request.getUpdateMask(), wanted, FIELDS);
    UnaryOperator<ScheduleSpec> edit = present -> edited(present, mask, wanted);
    String id = WireName.SCHEDULE.id(wanted.getName(), "schedule.name");
    Optional<String> etag = WireEtag.read(wanted.getEtag(), "schedule.etag");
    if (request.getValidateOnly()) {
      Schedule planned =
          schedules.checkUpdate(id, etag, edit, CallInfo.current().caller().actor(""));
      return CompletableFuture.completedStage(updated(planned));
    }
    Replay<Schedule, UpdateScheduleResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            ScheduleChanges::updated,
            UpdateScheduleResponse.parser());
    return schedules.update(id, etag, edit, replay.change()).thenApply(replay::response);
  }

  private static UpdateScheduleResponse updated(Schedule changed) {
    return UpdateScheduleResponse.newBuilder().setSchedule(wire(changed)).build();
  }

  /** Called within the change, where only a refusal leaves the other changes alone. */
  private static ScheduleSpec edited(
      ScheduleSpec present,
      UpdateMask<io.tasklane.v1.Schedule> mask,
      io.tasklane.v1.Schedule wanted) {
    io.tasklane.v1.Schedule.Builder shown = io.tasklane.v1.Schedule.newBuilder();
    ScheduleMapping.add(present, shown);
    return Refused.instead(() -> ScheduleMapping.read(mask.apply(shown.build(), wanted)));
  }

  CompletionStage<DeleteScheduleResponse> delete(DeleteScheduleRequest request) {
    Replay<Schedule, DeleteScheduleResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            gone -> DeleteScheduleResponse.getDefaultInstance(),
            DeleteScheduleResponse.parser());
    return schedules
        .delete(id(request.getName()), WireEtag.read(request.getEtag(), "etag"), replay.change())
        .thenApply(replay::response);
  }

  CompletionStage<EnableScheduleResponse> enable(EnableScheduleRequest request) {
    Replay<Schedule, EnableScheduleResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            enabled -> EnableScheduleResponse.newBuilder().setSchedule(wire(enabled)).build(),
            EnableScheduleResponse.parser());
    return schedules
        .enable(id(request.getName()), true, request.getReason(), replay.change())
        .thenApply(replay::response);
  }

  CompletionStage<DisableScheduleResponse> disable(DisableScheduleRequest request) {
    Replay<Schedule, DisableScheduleResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            disabled -> DisableScheduleResponse.newBuilder().setSchedule(wire(disabled)).build(),
            DisableScheduleResponse.parser());
    return schedules
        .enable(id(request.getName()), false, request.getReason(), replay.change())
        .thenApply(replay::response);
  }

  private static io.tasklane.v1.Schedule wire(Schedule schedule) {
    return ScheduleMapping.toWire(schedule);
  }

  private static String id(String name) {
    return WireName.SCHEDULE.id(name, "name");
  }
}
