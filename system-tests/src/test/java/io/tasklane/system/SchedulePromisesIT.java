package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.BackfillScheduleRequest;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.CreateScheduleRequest;
import io.tasklane.v1.CreateWorkflowTemplateRequest;
import io.tasklane.v1.CronTrigger;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.DeleteScheduleRequest;
import io.tasklane.v1.DeleteWorkflowTemplateRequest;
import io.tasklane.v1.DisableScheduleRequest;
import io.tasklane.v1.DrainQueueRequest;
import io.tasklane.v1.EnableScheduleRequest;
import io.tasklane.v1.GetScheduleRequest;
import io.tasklane.v1.IntervalTrigger;
import io.tasklane.v1.ListScheduleRunsRequest;
import io.tasklane.v1.ListSchedulesRequest;
import io.tasklane.v1.Node;
import io.tasklane.v1.Payload;
import io.tasklane.v1.PayloadReference;
import io.tasklane.v1.PreviewScheduleRequest;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.SessionTrigger;
import io.tasklane.v1.Task;
import io.tasklane.v1.TemplateStart;
import io.tasklane.v1.TriggerScheduleRequest;
import io.tasklane.v1.UpdateScheduleRequest;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowTemplate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about schedules. */
@ExtendWith(SharedServer.class)
class SchedulePromisesIT {
  private static final String INVALID = "INVALID_ARGUMENT ";
  private static final String BAD = INVALID + "INVALID_FIELD";
  private static final String REUSED = INVALID + "REQUEST_ID_REUSED";
  private static final String MISSING = "NOT_FOUND SCHEDULE_NOT_FOUND";
  private static final String UNMET = "FAILED_PRECONDITION ";
  private static final String NOWHERE = "schedules/nowhere";
  private static final String HASH = "0".repeat(64);
  private static final Timestamp PAST = Timestamps.fromSeconds(1_600_000_000);

  private static Task.Builder noop() {
    return Client.task(Client.DATA, "system.noop", "{}");
  }

  private static Schedule.Builder rarely(Task.Builder task) {
    return Schedule.newBuilder()
        .setInterval(IntervalTrigger.newBuilder().setInterval(Durations.fromDays(3_000)))
        .setTask(task);
  }

  private static Schedule.Builder ofCron(String expression, String calendar) {
    return rarely(noop())
        .setCron(CronTrigger.newBuilder().setExpression(expression).setCalendar(calendar));
  }

  private static Schedule.Builder ofSession(String calendar) {
    return rarely(noop())
        .setSession(
            SessionTrigger.newBuilder()
                .setCalendar(calendar)
                .setAnchor(SessionTrigger.Anchor.ANCHOR_OPEN));
  }

  private static CreateScheduleRequest.Builder creation(String id, Schedule.Builder schedule) {
    return CreateScheduleRequest.newBuilder().setScheduleId(id).setSchedule(schedule);
  }

  private static UpdateScheduleRequest.Builder change(String name, Schedule.Builder schedule) {
    return UpdateScheduleRequest.newBuilder().setSchedule(schedule.setName(name));
  }

  private static String create(Client client, String id, Schedule.Builder schedule) {
    return client
        .schedules()
        .createSchedule(creation(id, schedule).build())
        .getSchedule()
        .getName();
  }

  private static void delete(Client client, String name) {
    client.schedules().deleteSchedule(DeleteScheduleRequest.newBuilder().setName(name).build());
  }

  /** What is wrong with a schedule, by the refusal. */
  private static Map<String, Schedule.Builder> wrong(Client client) {
    String over = CalendarPromisesIT.create(client, "OVER", "2020-01-01", "2020-12-31");
    Map<String, Schedule.Builder> wrong = new LinkedHashMap<>();
    wrong.put(BAD, ofCron("0 0 30 2 *", ""));
    wrong.put(
        INVALID + "TEMPLATE_UNKNOWN",
        rarely(noop())
            .setTemplateStart(TemplateStart.newBuilder().setTemplate("workflowTemplates/nowhere")));
    Task.Builder watched = noop();
    watched.getTimeoutsBuilder().getHeartbeatTimeoutBuilder().setSeconds(9);
    wrong.put(INVALID + "FIELD_NOT_SERVED", rarely(watched));
    wrong.put(INVALID + "CALENDAR_UNKNOWN", ofCron("@daily", "calendars/NONE"));
    wrong.put(INVALID + "CALENDAR_RANGE", ofSession(over));
    wrong.put(INVALID + "QUEUE_UNKNOWN", rarely(noop().setQueue("queues/NOWHERE")));
    wrong.put(INVALID + "TASK_TYPE_UNKNOWN", rarely(noop().setTaskType("no_such")));
    wrong.put(
        INVALID + "TASK_TYPE_NOT_ACCEPTED", rarely(noop().setTaskType("claude_morning_prep")));
    wrong.put(
        INVALID + "INPUT_SCHEMA",
        rarely(Client.task(Client.DATA, "system.sleep", "{\"millis\":\"x\"}")));
    String large = "{\"a\":\"" + "x".repeat(262_144) + "\"}";
    wrong.put(INVALID + "PAYLOAD_TOO_LARGE", rarely(noop().setInput(Client.json(large))));
    return wrong;
  }

  @Test
  void of_creating_and_changing(Client client) {
    String id = UUID.randomUUID().toString();
    var create = creation("created", rarely(noop())).setRequestId(id).build();
    Schedule made = client.schedules().createSchedule(create).getSchedule();
    var other = creation("another", rarely(noop())).setRequestId(id).build();
    refused(REUSED, () -> client.schedules().createSchedule(other));
    var again = creation("created", rarely(noop())).build();
    refused("ALREADY_EXISTS SCHEDULE_EXISTS", () -> client.schedules().createSchedule(again));
    wrong(client)
        .forEach(
            (refusal, schedule) -> {
              var creation = creation("wrong", schedule).build();
              refused(refusal, () -> client.schedules().createSchedule(creation));
              var change = change(made.getName(), schedule).build();
              refused(refusal, () -> client.schedules().updateSchedule(change));
            });
    Schedule.Builder jitter = Schedule.newBuilder().setJitter(Durations.fromSeconds(1));
    var update = change(made.getName(), jitter).setRequestId(id).build();
    client.schedules().updateSchedule(update);
    var otherUpdate = change(NOWHERE, jitter).setRequestId(id).build();
    refused(REUSED, () -> client.schedules().updateSchedule(otherUpdate));
    refused(MISSING, () -> client.schedules().updateSchedule(change(NOWHERE, jitter).build()));
    var stale = change(made.getName(), jitter.setEtag(made.getEtag())).build();
    refused("ABORTED ETAG_MISMATCH", () -> client.schedules().updateSchedule(stale));
    delete(client, made.getName());
    CalendarPromisesIT.delete(client, "calendars/OVER");
  }

  @Test
  void of_looking_at_schedules(Client client) {
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}}) {
      var get = GetScheduleRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.schedules().getSchedule(get));
      var runs = ListScheduleRunsRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.schedules().listScheduleRuns(runs));
      var preview = PreviewScheduleRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.schedules().previewSchedule(preview));
    }
    var size = ListSchedulesRequest.newBuilder().setPageSize(501).build();
    refused(BAD, () -> client.schedules().listSchedules(size));
    var token = ListSchedulesRequest.newBuilder().setPageToken("x").build();
    refused(INVALID + "PAGE_TOKEN", () -> client.schedules().listSchedules(token));
    var filter = ListSchedulesRequest.newBuilder().setFilter("color = red").build();
    refused(INVALID + "FILTER", () -> client.schedules().listSchedules(filter));
    var ofRuns = ListScheduleRunsRequest.newBuilder().setName(NOWHERE).setPageToken("x").build();
    refused(INVALID + "PAGE_TOKEN", () -> client.schedules().listScheduleRuns(ofRuns));
    var unknown =
        PreviewScheduleRequest.newBuilder().setSchedule(ofCron("@daily", "calendars/NONE")).build();
    refused(INVALID + "CALENDAR_UNKNOWN", () -> client.schedules().previewSchedule(unknown));
    Task.Builder watched = noop();
    watched.getTimeoutsBuilder().getHeartbeatTimeoutBuilder().setSeconds(9);
    var unserved = PreviewScheduleRequest.newBuilder().setSchedule(rarely(watched)).build();
    refused(INVALID + "FIELD_NOT_SERVED", () -> client.schedules().previewSchedule(unserved));
  }

  @Test
  void of_enabling_disabling_and_deleting(Client client) {
    String id = UUID.randomUUID().toString();
    String name = create(client, "switched", rarely(noop()));
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}}) {
      var enable = EnableScheduleRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.schedules().enableSchedule(enable));
      var disable = DisableScheduleRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.schedules().disableSchedule(disable));
      var delete = DeleteScheduleRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.schedules().deleteSchedule(delete));
    }
    var disable = DisableScheduleRequest.newBuilder().setName(name).setRequestId(id).build();
    client.schedules().disableSchedule(disable);
    var otherDisable = disable.toBuilder().setReason("another").build();
    refused(REUSED, () -> client.schedules().disableSchedule(otherDisable));
    var enable = EnableScheduleRequest.newBuilder().setName(name).setRequestId(id).build();
    client.schedules().enableSchedule(enable);
    var otherEnable = enable.toBuilder().setReason("another").build();
    refused(REUSED, () -> client.schedules().enableSchedule(otherEnable));
    var stale = DeleteScheduleRequest.newBuilder().setName(name).setEtag("\"99\"").build();
    refused("ABORTED ETAG_MISMATCH", () -> client.schedules().deleteSchedule(stale));
    var delete = DeleteScheduleRequest.newBuilder().setName(name).setRequestId(id).build();
    client.schedules().deleteSchedule(delete);
    var otherDelete = delete.toBuilder().setName(NOWHERE).build();
    refused(REUSED, () -> client.schedules().deleteSchedule(otherDelete));
  }

  @Test
  void of_runs_that_are_asked_for(Client client) {
    String id = UUID.randomUUID().toString();
    String name = create(client, "asked", ofCron("0 0 1 1 *", "calendars/XNYS"));
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}}) {
      var trigger = TriggerScheduleRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.schedules().triggerSchedule(trigger));
      refused(wrong[1], () -> client.schedules().backfillSchedule(past(wrong[0]).build()));
    }
    var trigger = TriggerScheduleRequest.newBuilder().setName(name).setRequestId(id).build();
    client.end(client.get(client.schedules().triggerSchedule(trigger).getRun().getTarget()));
    var otherTrigger = trigger.toBuilder().setName(NOWHERE).build();
    refused(REUSED, () -> client.schedules().triggerSchedule(otherTrigger));
    Timestamp soon = Timestamps.add(PAST, Durations.fromSeconds(1));
    var backfill = past(name).setEndTime(soon).setRequestId(id).build();
    client.schedules().backfillSchedule(backfill);
    var otherBackfill = backfill.toBuilder().setName(NOWHERE).build();
    refused(REUSED, () -> client.schedules().backfillSchedule(otherBackfill));
    var unknown = past(name).setEndTime(Timestamps.add(PAST, Durations.fromDays(366))).build();
    refused(INVALID + "CALENDAR_RANGE", () -> client.schedules().backfillSchedule(unknown));
    delete(client, name);
  }

  private static BackfillScheduleRequest.Builder past(String name) {
    return BackfillScheduleRequest.newBuilder()
        .setName(name)
        .setStartTime(PAST)
        .setEndTime(Timestamps.add(PAST, Durations.fromDays(3)));
  }

  @Test
  void of_tasks_that_cannot_be_created(Client client) {
    PayloadReference nothing =
        PayloadReference.newBuilder()
            .setUri("artifacts/" + HASH)
            .setSha256(HASH)
            .setSizeBytes(1)
            .build();
    unmet(client, "RESOURCE_UNKNOWN", noop().putResourceUnits("nowhere", 1));
    unmet(
        client,
        "ARTIFACT_UNKNOWN",
        Client.task(Client.DATA, "system.noop", "{}")
            .setInput(Payload.newBuilder().setReference(nothing)));
    var creation = CreateQueueRequest.newBuilder().setQueueId("SCHEDULED").build();
    String queue = client.queues().createQueue(creation).getQueue().getName();
    String name = create(client, "unmet", daily(noop().setQueue(queue)));
    client.queues().drainQueue(DrainQueueRequest.newBuilder().setName(queue).build());
    unmet(client, "QUEUE_DRAINING", name);
    client.queues().deleteQueue(DeleteQueueRequest.newBuilder().setName(queue).build());
    unmet(client, "QUEUE_UNKNOWN", name);
    delete(client, name);
  }

  @Test
  void of_a_template_that_is_gone(Client client) {
    var creation =
        CreateWorkflowTemplateRequest.newBuilder()
            .setWorkflowTemplateId("going")
            .setWorkflowTemplate(
                WorkflowTemplate.newBuilder()
                    .setWorkflow(
                        Workflow.newBuilder()
                            .setRoot(Node.newBuilder().setNodeId("a").setTask(noop()))))
            .build();
    String template =
        client.templates().createWorkflowTemplate(creation).getWorkflowTemplate().getName();
    Schedule.Builder starts =
        daily(noop()).setTemplateStart(TemplateStart.newBuilder().setTemplate(template));
    String name = create(client, "unmet-template", starts);
    var delete = DeleteWorkflowTemplateRequest.newBuilder().setName(template).build();
    client.templates().deleteWorkflowTemplate(delete);
    unmet(client, "TEMPLATE_UNKNOWN", name);
    delete(client, name);
  }

  private static Schedule.Builder daily(Task.Builder task) {
    return rarely(task)
        .setInterval(IntervalTrigger.newBuilder().setInterval(Durations.fromDays(1)));
  }

  private static void unmet(Client client, String reason, Task.Builder task) {
    String name = create(client, "unmet", daily(task));
    unmet(client, reason, name);
    delete(client, name);
  }

  private static void unmet(Client client, String reason, String name) {
    var trigger = TriggerScheduleRequest.newBuilder().setName(name).build();
    refused(UNMET + reason, () -> client.schedules().triggerSchedule(trigger));
    refused(UNMET + reason, () -> client.schedules().backfillSchedule(past(name).build()));
  }
}
