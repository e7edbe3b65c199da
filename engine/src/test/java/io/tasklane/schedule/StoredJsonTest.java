package io.tasklane.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.definition.PlannedJson;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.schedule.calendar.SessionAnchor;
import io.tasklane.schedule.stored.TriggerSpec;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.TaskRequest;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.template.PlannedWorkflow;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What rows keep of a schedule is read as it was written, nothing lost. */
class StoredJsonTest {
  @Test
  void every_kind_of_trigger_comes_back() {
    List<TriggerSpec> all =
        List.of(
            new TriggerSpec.Cron("0 0 13 * 5", "Europe/London", Optional.of("XNYS")),
            new TriggerSpec.Cron("@daily", "", Optional.empty()),
            new TriggerSpec.Interval(Duration.ofMillis(90_500), Duration.ofMillis(1), false),
            new TriggerSpec.Interval(Duration.ofDays(1), Duration.ZERO, true),
            new TriggerSpec.Session("XNSE", SessionAnchor.CLOSE, Duration.ofMinutes(-15), true),
            new TriggerSpec.Once(Instant.parse("2026-02-01T03:45:00.000001Z")));
    assertThat(all)
        .allSatisfy(t -> assertThat(TriggerJson.read(TriggerJson.write(t))).isEqualTo(t));
  }

  @Test
  void a_task_comes_back_with_all_that_was_asked_for() {
    TaskRequest plain = TaskRequest.of("Q", "system.noop", Payload.json("{}"));
    TaskRequest full =
        new TaskRequest(
            Optional.empty(),
            "Q",
            "news_monitoring",
            new Payload("application/octet-stream", new byte[] {0, -1, 7}),
            new Priority(10),
            Optional.of(
                new RetryPolicy(
                    7,
                    Duration.ofMillis(1),
                    1.25,
                    Duration.ofDays(1),
                    0.5,
                    List.of("CLOSED", "GONE"))),
            RequestedTimeouts.NONE
                .withAttempt(Duration.ofSeconds(1))
                .withQueue(Duration.ofSeconds(2))
                .withTotal(Duration.ofSeconds(3))
                .withCancelGrace(Duration.ofSeconds(4)),
            Optional.of(Duration.ofHours(5)),
            Map.of("desk", "größer \"x\""),
            StartConditions.NONE,
            Optional.empty(),
            new RunRules(Optional.of("AAPL"), Map.of("ai-turns", 3), true));
    assertThat(TaskJson.read(TaskJson.write(plain))).isEqualTo(plain);
    assertThat(TaskJson.read(TaskJson.write(full))).isEqualTo(full);
  }

  @Test
  void a_planned_workflow_comes_back_with_its_inputs() {
    Map<String, Payload> inputs = Map.of("a", Payload.json("5"), "b", Payload.json("\"ä\""));
    TaskRequest task = TaskRequest.of("Q", "system.echo", Payload.json("{}"));
    WorkflowDefinition tree = WorkflowDefinition.of(Node.of("n", TaskNode.of(task)));
    TemplateSpec spec =
        new TemplateSpec(
            "", "Morning", tree, new byte[] {0, -1}, inputs, Optional.of(Duration.ofHours(1)), "");
    List<PlannedWorkflow> all =
        List.of(
            new PlannedWorkflow.Tree(spec),
            new PlannedWorkflow.OfTemplate(TemplateReference.newest("t"), inputs),
            new PlannedWorkflow.OfTemplate(TemplateReference.parse("t@3"), Map.of()));
    assertThat(all)
        .allSatisfy(p -> assertThat(PlannedJson.read(PlannedJson.write(p))).isEqualTo(p));
    PlannedWorkflow.Tree read =
        (PlannedWorkflow.Tree) PlannedJson.read(PlannedJson.write(all.get(0)));
    assertThat(read.spec().document()).containsExactly(0, -1);
  }
}
