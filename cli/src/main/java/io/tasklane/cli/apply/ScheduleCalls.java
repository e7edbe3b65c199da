package io.tasklane.cli.apply;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.cli.command.Connection;
import io.tasklane.v1.CreateScheduleRequest;
import io.tasklane.v1.GetScheduleRequest;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.ScheduleServiceGrpc;
import io.tasklane.v1.UpdateScheduleRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The calls about schedules. Whether one is disabled counts at its creation alone: later people
 * disable and enable it, each with a reason.
 *
 * @param connection to the server
 */
record ScheduleCalls(Connection connection) implements Kind.Calls {
  private static final List<String> ALWAYS =
      List.of(
          "overlap_policy",
          "dst_policy",
          "catchup_window",
          "jitter",
          "start_time",
          "end_time",
          "disable_on_failure");

  private ScheduleServiceGrpc.ScheduleServiceBlockingStub stub() {
    return connection.service(ScheduleServiceGrpc::newBlockingStub);
  }

  @Override
  public Optional<Message> find(String name) {
    try {
      return Optional.of(
          stub().getSchedule(GetScheduleRequest.newBuilder().setName(name).build()).getSchedule());
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  @Override
  public Message create(String id, Message wanted, boolean checkOnly) {
    return stub()
        .createSchedule(
            CreateScheduleRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setScheduleId(id)
                .setSchedule((Schedule) wanted)
                .setValidateOnly(checkOnly)
                .build())
        .getSchedule();
  }

  @Override
  public Message update(String name, Message wanted, boolean checkOnly) {
    Schedule schedule = (Schedule) wanted;
    FieldMask mask =
        FieldMask.newBuilder()
            .addPaths(schedule.getTriggerCase().name().toLowerCase(Locale.ROOT))
            .addPaths(schedule.getActionCase().name().toLowerCase(Locale.ROOT))
            .addAllPaths(ALWAYS)
            .build();
    return stub()
        .updateSchedule(
            UpdateScheduleRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setSchedule(schedule.toBuilder().setName(name))
                .setUpdateMask(mask)
                .setValidateOnly(checkOnly)
                .build())
        .getSchedule();
  }
}
