package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.ExternalEvent;
import io.tasklane.database.Postgres;
import io.tasklane.event.EventService;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.task.TaskRequest;
import io.tasklane.time.Until;
import io.tasklane.trigger.Trigger;
import io.tasklane.trigger.TriggerService;
import io.tasklane.workflow.catalog.WorkflowTemplateService;
import io.tasklane.workflow.definition.EventWait;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.execution.TemplateBench;
import io.tasklane.workflow.execution.WorkflowBench;
import io.tasklane.workflow.execution.WorkflowService;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.state.WorkflowStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An event takes effect when it is in the log, and not with the tick of every second: here no tick
 * comes at all. The bound is generous; figures are printed.
 */
@Timeout(90)
class TriggerLatenessTest {
  private static final int ROUNDS = 10;
  private static final long MOST_MILLIS = 3_000;
  private static final long READ_TYPES_MILLIS = 1_100;

  private EngineBench bench;
  @TempDir private Path folder;

  @BeforeEach
  void start() {
    bench =
        new EngineBench(
            folder, run -> Payload.json("{}"), EngineBench.queue("Q", QueuePolicy.STANDARD));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private <S> S service(Class<S> type) {
    return bench.engine.services().get(type);
  }

  private void publish(String type) {
    Publication event = new Publication(type, "symbols/AAPL", Payload.json("{}"));
    WorkflowBench.answer(
        service(EventService.class)
            .publish(
                List.of(new ExternalEvent(event, Optional.empty())),
                WorkflowBench.change("publish")));
  }

  private static void report(String what, long worst) {
    System.out.printf("%s: at most %d ms late%n", what, worst);
    assertThat(worst).as("milliseconds from " + what).isLessThan(MOST_MILLIS);
  }

  @Test
  void a_trigger_starts_its_workflow_at_once() throws Exception {
    Node task =
        Node.of("t", TaskNode.of(TaskRequest.of("Q", EngineBench.TYPE, Payload.json("{}"))));
    WorkflowBench.answer(
        service(WorkflowTemplateService.class)
            .create("noop", TemplateBench.spec(task), WorkflowBench.change("store")));
    Trigger trigger =
        new Trigger(
            "news",
            "market.*",
            Optional.empty(),
            "noop",
            Map.of(),
            Optional.empty(),
            Duration.ZERO);
    WorkflowBench.answer(
        service(TriggerService.class)
            .create(trigger, false, WorkflowBench.ANN, WorkflowBench.change("create")));
    publish("other.news");
    Thread.sleep(READ_TYPES_MILLIS);
    long worst = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      int starts = round;
      long begin = System.nanoTime();
      publish("market.news");
      Until.isTrue(
          "the workflow has started",
          () -> Postgres.number(bench.database, "SELECT count(*) FROM workflow") >= starts);
      worst = Math.max(worst, (System.nanoTime() - begin) / 1_000_000);
    }
    report("an event to its start", worst);
  }

  @Test
  void a_wait_ends_with_its_event() throws Exception {
    EventWait wait =
        new EventWait(
            "acc.go",
            Optional.empty(),
            Optional.empty(),
            EventWait.OnTimeout.FAIL,
            0,
            Optional.empty());
    long worst = 0;
    for (int round = 0; round < 3; round++) {
      Workflow flow =
          WorkflowBench.answer(
              service(WorkflowService.class)
                  .start(
                      WorkflowBench.request(WorkflowDefinition.of(Node.of("w", wait)), Map.of()),
                      WorkflowBench.change("start")));
      publish("other.news");
      Thread.sleep(READ_TYPES_MILLIS);
      publish("other.news");
      Thread.sleep(200);
      long begin = System.nanoTime();
      publish("acc.go");
      Until.isTrue(
          "the wait has ended",
          () ->
              service(WorkflowService.class).brief(flow.workflowId()).status().state()
                  == WorkflowStatus.State.SUCCEEDED);
      worst = Math.max(worst, (System.nanoTime() - begin) / 1_000_000);
    }
    report("an event to the end of its wait", worst);
  }
}
