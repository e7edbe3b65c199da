package io.tasklane.cli.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.CommandRun;
import io.tasklane.cli.FakeServer;
import io.tasklane.v1.BackfillScheduleRequest;
import io.tasklane.v1.CreateCalendarRequest;
import io.tasklane.v1.CreateScheduleRequest;
import io.tasklane.v1.DeleteScheduleRequest;
import io.tasklane.v1.DisableScheduleRequest;
import io.tasklane.v1.PreviewScheduleRequest;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.SessionTrigger;
import io.tasklane.v1.TemplateStart;
import io.tasklane.v1.UpdateCalendarRequest;
import io.tasklane.v1.UpdateScheduleRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleCommandTest {
  private FakeServer server;
  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    server = FakeServer.start(UnaryOperator.identity());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun run(String... args) {
    return CommandRun.of(Map.of("TASKLANE_SERVER", server.address()), args);
  }

  private <M extends Message> M last(Class<M> type) {
    return type.cast(server.schedules.asked.get(server.schedules.asked.size() - 1));
  }

  @Test
  void a_cron_schedule_is_created_with_its_task_and_policies() {
    CommandRun run =
        run(
            "schedule",
            "create",
            "eod",
            "NEWS",
            "news_monitoring",
            "--cron",
            "30 2 * * *",
            "--zone",
            "America/New_York",
            "--calendar",
            "XNYS",
            "--overlap",
            "buffer_one",
            "--dst",
            "wall_clock",
            "--jitter",
            "9s",
            "--priority",
            "7",
            "--input",
            "{\"a\":1}",
            "--disable-on-failure",
            "--request-id",
            "r-1");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("schedules/eod", "7 due: 4 run", "3 missed", "tasks/t0");
    CreateScheduleRequest asked = last(CreateScheduleRequest.class);
    Schedule schedule = asked.getSchedule();
    assertThat(asked.getScheduleId()).isEqualTo("eod");
    assertThat(asked.getRequestId()).isEqualTo("r-1");
    assertThat(schedule.getCron().getCalendar()).isEqualTo("calendars/XNYS");
    assertThat(schedule.getOverlapPolicy())
        .isEqualTo(Schedule.OverlapPolicy.OVERLAP_POLICY_BUFFER_ONE);
    assertThat(schedule.getDstPolicy()).isEqualTo(Schedule.DstPolicy.DST_POLICY_WALL_CLOCK);
    assertThat(schedule.getJitter()).isEqualTo(Durations.fromSeconds(9));
    assertThat(schedule.getTask().getQueue()).isEqualTo("queues/NEWS");
    assertThat(schedule.getTask().getPriority()).isEqualTo(7);
    assertThat(schedule.getDisableOnFailure()).isTrue();
  }

  @Test
  void a_template_is_started_with_its_inputs_instead_of_a_task() throws IOException {
    CommandRun run =
        run(
            "schedule",
            "create",
            "morning",
            "--every",
            "24h",
            "--template",
            "morning@3",
            "--input",
            "symbols=[\"AAPL\"]",
            "--input",
            "n=5");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("workflow", "workflowTemplates/morning@3");
    TemplateStart start = last(CreateScheduleRequest.class).getSchedule().getTemplateStart();
    assertThat(start.getTemplate()).isEqualTo("workflowTemplates/morning@3");
    assertThat(start.getInputsMap()).containsOnlyKeys("symbols", "n");
    assertThat(start.getInputsOrThrow("n").getInline().toStringUtf8()).isEqualTo("5");
    Path file = Files.writeString(folder.resolve("w.json"), "{\"root\":{\"nodeId\":\"top\"}}");
    CommandRun tree =
        run("schedule", "create", "s", "--every", "24h", "--workflow", file.toString());
    assertThat(tree.exitCode()).as(tree.err()).isZero();
    assertThat(last(CreateScheduleRequest.class).getSchedule().getWorkflow().getRoot().getNodeId())
        .isEqualTo("top");
  }

  @Test
  void actions_that_contradict_are_a_usage_error_and_send_nothing() {
    for (String[] more :
        new String[][] {
          {},
          {"Q"},
          {"Q", "system.noop", "--template", "t"},
          {"--template", "t", "--workflow", "f"},
          {"--template", "t", "--input", "{}"},
          {"--template", "t", "--priority", "3"},
          {"--template", "t", "--label", "a=b"},
          {"Q", "system.noop", "--input", "{}", "--input", "{}"}
        }) {
      String[] args = new String[5 + more.length];
      System.arraycopy(new String[] {"schedule", "create", "s"}, 0, args, 0, 3);
      System.arraycopy(more, 0, args, 3, more.length);
      args[args.length - 2] = "--every";
      args[args.length - 1] = "5m";
      CommandRun run = run(args);
      assertThat(run.exitCode()).as(String.join(" ", args)).isEqualTo(2);
      assertThat(run.err()).contains("tasklane schedule create");
    }
    assertThat(server.schedules.asked).isEmpty();
  }

  @Test
  void a_session_schedule_is_so_much_before_the_close() {
    CommandRun run =
        run("schedule", "create", "s", "Q", "system.noop", "--close", "XNYS", "--before", "15m");
    assertThat(run.exitCode()).as(run.err()).isZero();
    SessionTrigger session = last(CreateScheduleRequest.class).getSchedule().getSession();
    assertThat(session.getAnchor()).isEqualTo(SessionTrigger.Anchor.ANCHOR_CLOSE);
    assertThat(session.getOffset()).isEqualTo(Durations.fromSeconds(-900));
  }

  @Test
  void triggers_that_contradict_are_a_usage_error_and_send_nothing() {
    String[] create = {"schedule", "create", "s", "Q", "system.noop"};
    for (String[] more :
        new String[][] {
          {},
          {"--cron", "@daily", "--every", "5m"},
          {"--open", "XNYS", "--close", "XNYS"},
          {"--every", "5m", "--zone", "UTC"},
          {"--every", "5m", "--before", "1m"},
          {"--at", "tomorrow"}
        }) {
      String[] args = new String[create.length + more.length];
      System.arraycopy(create, 0, args, 0, create.length);
      System.arraycopy(more, 0, args, create.length, more.length);
      assertThat(run(args).exitCode()).as(String.join(" ", more)).isEqualTo(2);
    }
    assertThat(server.schedules.asked).isEmpty();
  }

  @Test
  void an_update_names_what_was_given_and_nothing_else() {
    assertThat(
            run("schedule", "update", "eod", "--every", "5m", "--no-disable-on-failure").exitCode())
        .isZero();
    UpdateScheduleRequest asked = last(UpdateScheduleRequest.class);
    assertThat(asked.getUpdateMask().getPathsList())
        .containsExactly("interval", "disable_on_failure");
    assertThat(asked.getSchedule().getName()).isEqualTo("schedules/eod");
    assertThat(run("schedule", "update", "eod").exitCode()).isEqualTo(2);
  }

  @Test
  void a_schedule_is_disabled_for_a_reason_triggered_backfilled_and_deleted() {
    assertThat(run("schedule", "disable", "eod", "--reason", "feed").exitCode()).isZero();
    assertThat(last(DisableScheduleRequest.class).getReason()).isEqualTo("feed");
    assertThat(run("schedule", "enable", "eod").exitCode()).isZero();
    assertThat(run("schedule", "trigger", "eod", "--overlap", "allow").out()).contains("tasks/t0");
    CommandRun past =
        run(
            "schedule",
            "backfill",
            "eod",
            "--from",
            "2026-03-01T00:00:00Z",
            "--to",
            "2026-03-02T00:00:00Z",
            "--check");
    assertThat(past.exitCode()).as(past.err()).isZero();
    assertThat(last(BackfillScheduleRequest.class).getValidateOnly()).isTrue();
    assertThat(last(BackfillScheduleRequest.class).getStartTime())
        .isEqualTo(Timestamps.fromSeconds(1_772_323_200));
    assertThat(run("schedule", "delete", "eod", "--etag", "e").out())
        .contains("deleted schedules/eod");
    assertThat(last(DeleteScheduleRequest.class).getEtag()).isEqualTo("e");
  }

  @Test
  void a_preview_is_of_a_stored_schedule_or_of_options() {
    CommandRun stored = run("schedule", "preview", "eod");
    assertThat(stored.out()).contains("SKIPPED_CLOSED", "XNYS is closed", "it ends");
    assertThat(last(PreviewScheduleRequest.class).getName()).isEqualTo("schedules/eod");
    assertThat(run("schedule", "preview", "--cron", "@daily", "--count", "3").exitCode()).isZero();
    PreviewScheduleRequest asked = last(PreviewScheduleRequest.class);
    assertThat(asked.getSchedule().getCron().getExpression()).isEqualTo("@daily");
    assertThat(asked.getMaximumRuns()).isEqualTo(3);
    assertThat(run("schedule", "preview").exitCode()).isEqualTo(2);
    assertThat(run("schedule", "preview", "eod", "--cron", "@daily").exitCode()).isEqualTo(2);
  }

  @Test
  void lists_and_histories_are_tables_or_json() {
    assertThat(run("schedule", "list", "--filter", "disabled = false").out())
        .contains("schedules/eod", "at 02:30 every day");
    assertThat(run("schedule", "history", "eod").out())
        .contains("2026-03-08T07:00:00Z", "STARTED", "tasks/t0");
    assertThat(run("schedule", "get", "eod", "-o", "json").out()).contains("\"dueCount\": \"7\"");
  }

  @Test
  void a_calendar_is_read_from_a_file() throws IOException {
    Path file = folder.resolve("office.json");
    Files.writeString(
        file, "{\"timeZone\":\"UTC\",\"holidays\":[{\"date\":\"2026-12-25\",\"reason\":\"x\"}]}");
    assertThat(run("calendar", "create", "OFFICE", "--file", file.toString()).exitCode()).isZero();
    assertThat(last(CreateCalendarRequest.class).getCalendarId()).isEqualTo("OFFICE");
    assertThat(last(CreateCalendarRequest.class).getCalendar().getHolidays(0).getDate())
        .isEqualTo("2026-12-25");
    assertThat(run("calendar", "update", "XNYS", "--file", file.toString()).exitCode()).isZero();
    assertThat(last(UpdateCalendarRequest.class).getCalendar().getName())
        .isEqualTo("calendars/XNYS");
    assertThat(run("calendar", "list").out()).contains("calendars/XNYS", "America/New_York");
    assertThat(run("calendar", "get", "XNYS").exitCode()).isZero();
    assertThat(run("calendar", "delete", "OFFICE").out()).contains("deleted calendars/OFFICE");
    CommandRun none = run("calendar", "create", "X", "--file", folder.resolve("no").toString());
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("there is no such file");
  }
}
