package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.CreateScheduleRequest;
import io.tasklane.v1.DeleteScheduleRequest;
import io.tasklane.v1.DisableScheduleRequest;
import io.tasklane.v1.GetScheduleRequest;
import io.tasklane.v1.IntervalTrigger;
import io.tasklane.v1.ListScheduleRunsRequest;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.ScheduleRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A schedule of a second goes on when its server is killed, and every due time is counted. */
@ExtendWith(RestartedServer.Shared.class)
class ScheduleCrashIT {
  private static final String NAME = "schedules/each-second";

  @Test
  void a_kill_of_everything_neither_loses_nor_doubles_a_due_time(RestartedServer restarted)
      throws Exception {
    RunningServer server = restarted.running();
    try (Client client = server.client()) {
      client
          .schedules()
          .createSchedule(
              CreateScheduleRequest.newBuilder()
                  .setScheduleId("each-second")
                  .setSchedule(
                      Schedule.newBuilder()
                          .setInterval(
                              IntervalTrigger.newBuilder().setInterval(Durations.fromSeconds(1)))
                          .setOverlapPolicy(Schedule.OverlapPolicy.OVERLAP_POLICY_ALLOW)
                          .setTask(Client.task(Client.DATA, "system.noop", "{}")))
                  .build());
      await(client, 3);
    }
    server.killTree();
    server = restarted.startAgain();
    try (Client client = server.client()) {
      long before = await(client, 4);
      await(client, before + 3);
      Schedule schedule =
          client
              .schedules()
              .disableSchedule(DisableScheduleRequest.newBuilder().setName(NAME).build())
              .getSchedule();
      assertThat(
              schedule.getRunCount()
                  + schedule.getOverlapSkipCount()
                  + schedule.getClosedCount()
                  + schedule.getMissedCount()
                  + schedule.getPendingCount())
          .isEqualTo(schedule.getDueCount());
      assertThat(schedule.getRunCount())
          .as("all within the catch-up window")
          .isEqualTo(schedule.getDueCount());
      assertEachSecondOnce(
          client
              .schedules()
              .listScheduleRuns(
                  ListScheduleRunsRequest.newBuilder().setName(NAME).setPageSize(500).build())
              .getRunsList(),
          schedule.getRunCount());
      client.schedules().deleteSchedule(DeleteScheduleRequest.newBuilder().setName(NAME).build());
    }
  }

  /** Without a gap and without a double, the newest first. */
  private static void assertEachSecondOnce(List<ScheduleRun> runs, long count) {
    assertThat(runs).hasSize((int) count);
    Timestamp newest = runs.get(0).getScheduledTime();
    for (int i = 0; i < runs.size(); i++) {
      assertThat(runs.get(i).getScheduledTime())
          .isEqualTo(Timestamps.subtract(newest, Durations.fromSeconds(i)));
    }
  }

  /** Waits until so many due times ran; a node that is away is asked again. */
  private static long await(Client client, long runs) throws InterruptedException {
    long end = System.nanoTime() + 90_000_000_000L;
    while (System.nanoTime() < end) {
      try {
        long count =
            client
                .schedules()
                .withWaitForReady()
                .getSchedule(GetScheduleRequest.newBuilder().setName(NAME).build())
                .getSchedule()
                .getRunCount();
        if (count >= runs) {
          return count;
        }
      } catch (StatusRuntimeException away) {
        assertThat(away.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }
      Thread.sleep(100);
    }
    throw new AssertionError("not " + runs + " runs of " + NAME + " within 90 s");
  }
}
