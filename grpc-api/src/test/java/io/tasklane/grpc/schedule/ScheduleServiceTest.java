package io.tasklane.grpc.schedule;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.schedule.ScheduleRules;
import io.tasklane.schedule.stored.ScheduleSpec;
import io.tasklane.v1.CreateScheduleRequest;
import io.tasklane.v1.CronTrigger;
import io.tasklane.v1.DeleteScheduleRequest;
import io.tasklane.v1.DisableScheduleRequest;
import io.tasklane.v1.EnableScheduleRequest;
import io.tasklane.v1.GetScheduleRequest;
import io.tasklane.v1.IntervalTrigger;
import io.tasklane.v1.ListSchedulesRequest;
import io.tasklane.v1.Node;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.ScheduleServiceGrpc;
import io.tasklane.v1.SessionTrigger;
import io.tasklane.v1.Task;
import io.tasklane.v1.TemplateStart;
import io.tasklane.v1.UpdateScheduleRequest;
import io.tasklane.v1.Workflow;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Schedules over the wire. */
@Timeout(60)
class ScheduleServiceTest {
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

  private static Task.Builder task() {
    return Task.newBuilder().setQueue("queues/NEWS").setTaskType("news_monitoring").setPriority(7);
  }

  static Schedule.Builder nightly() {
    return Schedule.newBuilder()
        .setCron(
            CronTrigger.newBuilder().setExpression("30 2 * * *").setTimeZone("America/New_York"))
        .setTask(task().putLabels("desk", "fx"));
  }

  private Schedule create(String id, Schedule.Builder schedule) {
    return schedules
        .createSchedule(
            CreateScheduleRequest.newBuilder().setScheduleId(id).setSchedule(schedule).build())
        .getSchedule();
  }

  static String refusal(ThrowingCallable call) {
    return codeAndReason(catchThrowable(call));
  }

  private static String field(ThrowingCallable call) {
    return ApiOfTest.detail(catchThrowable(call), BadRequest.class)
        .map(bad -> bad.getFieldViolations(0).getField())
        .orElse("none");
  }

  @Test
  void a_schedule_comes_back_as_it_was_asked_for_with_defaults_and_counts() {
    Schedule made = create("eod", nightly());
    assertThat(made.getName()).isEqualTo("schedules/eod");
    assertThat(made.getCron().getTimeZone()).isEqualTo("America/New_York");
    assertThat(made.getTask().getQueue()).isEqualTo("queues/NEWS");
    assertThat(made.getTask().getPriority()).isEqualTo(7);
    assertThat(made.getTask().getLabelsMap()).containsEntry("desk", "fx");
    assertThat(made.getOverlapPolicy()).isEqualTo(Schedule.OverlapPolicy.OVERLAP_POLICY_SKIP);
    assertThat(made.getDstPolicy()).isEqualTo(Schedule.DstPolicy.DST_POLICY_ONCE);
    assertThat(made.getCatchupWindow()).isEqualTo(Durations.fromMinutes(5));
    assertThat(made.getEnableActor().getPrincipal()).isEqualTo("anonymous");
    assertThat(made.getDueCount()).as("1 + 2 + 3 + 4 + 5").isEqualTo(15);
    assertThat(
            schedules
                .getSchedule(GetScheduleRequest.newBuilder().setName("schedules/eod").build())
                .getSchedule())
        .isEqualTo(made);
    ScheduleSpec kept = api.schedules.known.get("eod").spec();
    assertThat(kept.catchUp()).isEqualTo(ScheduleRules.DEFAULT_CATCH_UP);
  }

  @Test
  void what_is_missing_or_wrong_is_named() {
    assertThat(field(() -> create("s", Schedule.newBuilder().setTask(task()))))
        .isEqualTo("schedule.trigger");
    assertThat(field(() -> create("s", nightly().clearTask()))).isEqualTo("schedule.task");
    assertThat(field(() -> create("s", nightly().setTemplateStart(TemplateStart.newBuilder()))))
        .isEqualTo("schedule.template_start.template");
    assertThat(field(() -> create("s", nightly().setWorkflow(Workflow.newBuilder()))))
        .isEqualTo("schedule.workflow.root");
    Workflow.Builder named = tree().setName("workflows/x");
    assertThat(field(() -> create("s", nightly().setWorkflow(named))))
        .isEqualTo("schedule.workflow");
    assertThat(field(() -> create("s", nightly().setName("schedules/x"))))
        .isEqualTo("schedule.name");
    SessionTrigger.Builder halves =
        SessionTrigger.newBuilder()
            .setCalendar("calendars/XNYS")
            .setAnchor(SessionTrigger.Anchor.ANCHOR_CLOSE)
            .setOffset(Durations.fromNanos(5));
    assertThat(field(() -> create("s", nightly().setSession(halves))))
        .isEqualTo("schedule.session.offset");
    assertThat(api.schedules.known).isEmpty();
  }

  private static Workflow.Builder tree() {
    return Workflow.newBuilder()
        .setRoot(Node.newBuilder().setNodeId("a").setTask(task()))
        .setDisplayName("Morning")
        .setPriority(9)
        .setDeadlineAfter(Durations.fromMinutes(30))
        .putLabels("desk", "fx")
        .putInputs("n", Payload.newBuilder().setInline(ByteString.copyFromUtf8("5")).build());
  }

  @Test
  void a_workflow_and_a_template_come_back_as_they_were_asked_for() {
    Schedule made = create("tree", nightly().setWorkflow(tree()));
    assertThat(made.getWorkflow()).isEqualTo(tree().build());
    TemplateStart start =
        TemplateStart.newBuilder()
            .setTemplate("workflowTemplates/morning@3")
            .putInputs(
                "n",
                Payload.newBuilder()
                    .setContentType("application/json")
                    .setInline(ByteString.copyFromUtf8("5"))
                    .build())
            .build();
    assertThat(create("template", nightly().setTemplateStart(start)).getTemplateStart())
        .isEqualTo(start);
    Schedule changed =
        schedules
            .updateSchedule(
                UpdateScheduleRequest.newBuilder()
                    .setSchedule(
                        Schedule.newBuilder().setName("schedules/tree").setTemplateStart(start))
                    .build())
            .getSchedule();
    assertThat(changed.getActionCase()).isEqualTo(Schedule.ActionCase.TEMPLATE_START);
  }

  @Test
  void validate_only_answers_without_an_etag_and_creates_nothing() {
    Schedule planned =
        schedules
            .createSchedule(
                CreateScheduleRequest.newBuilder()
                    .setScheduleId("eod")
                    .setSchedule(nightly())
                    .setValidateOnly(true)
                    .build())
            .getSchedule();
    assertThat(planned.getName()).isEqualTo("schedules/eod");
    assertThat(planned.getEtag()).isEmpty();
    assertThat(api.schedules.known).isEmpty();
  }

  @Test
  void an_update_changes_what_is_named_and_a_new_trigger_takes_the_place_of_the_old() {
    create("eod", nightly().setJitter(Durations.fromSeconds(9)));
    Schedule changed =
        update(
            Schedule.newBuilder()
                .setEtag("\"1\"")
                .setInterval(IntervalTrigger.newBuilder().setInterval(Durations.fromMinutes(5))));
    assertThat(changed.getTriggerCase()).isEqualTo(Schedule.TriggerCase.INTERVAL);
    assertThat(changed.getJitter()).isEqualTo(Durations.fromSeconds(9));
    assertThat(changed.getTask().getPriority()).isEqualTo(7);
    assertThat(api.schedules.lastEtag).contains("\"1\"");
    Schedule again =
        schedules
            .updateSchedule(
                UpdateScheduleRequest.newBuilder()
                    .setSchedule(Schedule.newBuilder().setName("schedules/eod"))
                    .setUpdateMask(FieldMask.newBuilder().addPaths("jitter"))
                    .build())
            .getSchedule();
    assertThat(again.getJitter()).isEqualTo(Durations.fromSeconds(0));
    assertThat(refusal(() -> update(Schedule.newBuilder().setDisabled(true))))
        .as("disabled has methods of its own")
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  private Schedule update(Schedule.Builder schedule) {
    return schedules
        .updateSchedule(
            UpdateScheduleRequest.newBuilder()
                .setSchedule(schedule.setName("schedules/eod"))
                .build())
        .getSchedule();
  }

  @Test
  void enabling_and_disabling_say_who_and_why() {
    create("eod", nightly());
    Schedule off =
        schedules
            .disableSchedule(
                DisableScheduleRequest.newBuilder()
                    .setName("schedules/eod")
                    .setReason("feed is down")
                    .build())
            .getSchedule();
    assertThat(off.getDisabled()).isTrue();
    assertThat(off.getDisableActor().getReason()).isEqualTo("feed is down");
    Schedule on =
        schedules
            .enableSchedule(
                EnableScheduleRequest.newBuilder()
                    .setName("schedules/eod")
                    .setReason("feed is back")
                    .build())
            .getSchedule();
    assertThat(on.getDisabled()).isFalse();
    assertThat(on.getEnableActor().getReason()).isEqualTo("feed is back");
    assertThat(on.getDisableActor().getReason()).isEqualTo("feed is down");
  }

  @Test
  void a_list_has_a_filter_and_pages() {
    create("a", nightly());
    create("b", nightly().setDisabled(true));
    create("c", nightly());
    assertThat(
            schedules
                .listSchedules(
                    ListSchedulesRequest.newBuilder().setFilter("disabled = false").build())
                .getSchedulesList())
        .extracting(Schedule::getName)
        .containsExactly("schedules/a", "schedules/c");
    assertThat(
            refusal(
                () ->
                    schedules.listSchedules(
                        ListSchedulesRequest.newBuilder().setFilter("color = red").build())))
        .isEqualTo("INVALID_ARGUMENT FILTER");
    String token =
        schedules
            .listSchedules(ListSchedulesRequest.newBuilder().setPageSize(2).build())
            .getNextPageToken();
    assertThat(
            schedules
                .listSchedules(ListSchedulesRequest.newBuilder().setPageToken(token).build())
                .getSchedulesList())
        .extracting(Schedule::getName)
        .containsExactly("schedules/c");
  }

  @Test
  void a_deleted_schedule_is_not_found() {
    create("eod", nightly());
    schedules.deleteSchedule(
        DeleteScheduleRequest.newBuilder().setName("schedules/eod").setEtag("\"1\"").build());
    assertThat(
            refusal(
                () ->
                    schedules.getSchedule(
                        GetScheduleRequest.newBuilder().setName("schedules/eod").build())))
        .isEqualTo("NOT_FOUND SCHEDULE_NOT_FOUND");
    assertThat(
            refusal(
                () ->
                    schedules.deleteSchedule(
                        DeleteScheduleRequest.newBuilder()
                            .setName("schedules/eod")
                            .setEtag("x")
                            .build())))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }
}
