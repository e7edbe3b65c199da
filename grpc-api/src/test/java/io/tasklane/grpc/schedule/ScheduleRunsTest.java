package io.tasklane.grpc.schedule;

import static io.tasklane.grpc.schedule.ScheduleServiceTest.nightly;
import static io.tasklane.grpc.schedule.ScheduleServiceTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.schedule.OverlapPolicy;
import io.tasklane.v1.BackfillScheduleRequest;
import io.tasklane.v1.CreateScheduleRequest;
import io.tasklane.v1.ListScheduleRunsRequest;
import io.tasklane.v1.ListScheduleRunsResponse;
import io.tasklane.v1.PreviewScheduleRequest;
import io.tasklane.v1.PreviewScheduleResponse;
import io.tasklane.v1.PreviewedRun;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.ScheduleRun;
import io.tasklane.v1.ScheduleServiceGrpc;
import io.tasklane.v1.TriggerScheduleRequest;
import java.io.IOException;
import java.text.ParseException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs of schedules over the wire: triggered, backfilled, listed and previewed. */
@Timeout(60)
class ScheduleRunsTest {
  private ApiOfTest api;
  private ScheduleServiceGrpc.ScheduleServiceBlockingStub schedules;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    schedules =
        ScheduleServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(50, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static Timestamp time(String text) throws ParseException {
    return Timestamps.parse(text);
  }

  @Test
  void runs_are_triggered_backfilled_and_listed_in_pages() throws ParseException {
    schedules.createSchedule(
        CreateScheduleRequest.newBuilder().setScheduleId("eod").setSchedule(nightly()).build());
    ScheduleRun run =
        schedules
            .triggerSchedule(
                TriggerScheduleRequest.newBuilder()
                    .setName("schedules/eod")
                    .setOverlapPolicy(Schedule.OverlapPolicy.OVERLAP_POLICY_ALLOW)
                    .build())
            .getRun();
    assertThat(run.getTarget()).isEqualTo("tasks/t-1");
    assertThat(run.getCause()).isEqualTo(ScheduleRun.Cause.CAUSE_TRIGGERED);
    assertThat(api.schedules.lastOverlap).contains(OverlapPolicy.ALLOW);
    BackfillScheduleRequest.Builder past =
        BackfillScheduleRequest.newBuilder()
            .setName("schedules/eod")
            .setStartTime(time("2026-03-01T00:00:00Z"))
            .setEndTime(time("2026-03-02T00:00:00Z"));
    assertThat(schedules.backfillSchedule(past.setValidateOnly(true).build()).getRunsList())
        .extracting(ScheduleRun::getTarget)
        .containsExactly("");
    assertThat(api.schedules.lastStretch).as("nothing was run").isEmpty();
    assertThat(schedules.backfillSchedule(past.setValidateOnly(false).build()).getRunsList())
        .extracting(ScheduleRun::getTarget)
        .containsExactly("tasks/t-2");
    ListScheduleRunsRequest.Builder list =
        ListScheduleRunsRequest.newBuilder().setName("schedules/eod").setPageSize(2);
    ListScheduleRunsResponse first = schedules.listScheduleRuns(list.build());
    ListScheduleRunsResponse second =
        schedules.listScheduleRuns(list.setPageToken(first.getNextPageToken()).build());
    assertThat(first.getRunsCount()).isEqualTo(2);
    assertThat(second.getRunsCount()).isEqualTo(1);
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(refusal(() -> schedules.listScheduleRuns(list.setPageToken("x").build())))
        .isEqualTo("INVALID_ARGUMENT PAGE_TOKEN");
  }

  @Test
  void a_preview_of_a_schedule_that_is_not_stored_says_what_the_clock_change_does() {
    PreviewScheduleResponse once =
        schedules.previewSchedule(
            PreviewScheduleRequest.newBuilder()
                .setSchedule(nightly().clearTask())
                .setMaximumRuns(2)
                .build());
    assertThat(once.getRunsList())
        .extracting(run -> Timestamps.toString(run.getScheduledTime()))
        .containsExactly("2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z");
    assertThat(once.getRuns(0).getExplanation()).contains("do", "not exist", "WALL_CLOCK");
    PreviewScheduleResponse wall =
        schedules.previewSchedule(
            PreviewScheduleRequest.newBuilder()
                .setSchedule(nightly().setDstPolicy(Schedule.DstPolicy.DST_POLICY_WALL_CLOCK))
                .setMaximumRuns(1)
                .build());
    assertThat(wall.getRunsList())
        .extracting(PreviewedRun::getVerdict)
        .containsExactly(PreviewedRun.Verdict.VERDICT_DST_GAP, PreviewedRun.Verdict.VERDICT_RUN);
  }
}
