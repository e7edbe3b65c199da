package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.Trees.await;
import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.group;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.ExternalEvent;
import io.tasklane.database.Postgres;
import io.tasklane.event.AllEvents;
import io.tasklane.event.PublishEvents;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.state.NodeState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes wait for events: each event that comes after the wait began reaches it, once. */
class EventWaitTest {
  private final WorkflowBench bench = new WorkflowBench();
  private final DeliverEvents deliver =
      new DeliverEvents(bench.parts.executions, AllEvents.rows(key -> "Q"));

  @AfterEach
  void close() {
    bench.close();
  }

  private void publish(String type, String data) {
    Publication publication = new Publication(type, "symbols/AAPL", Payload.json(data));
    bench.submit(
        new PublishEvents(),
        new PublishEvents.Wanted(
            "user:ann", List.of(new ExternalEvent(publication, Optional.empty()))));
  }

  private void deliverAll() {
    while (bench.submit(deliver, 100) > 0) {
      assertThat(bench.count("workflow_cursor")).isOne();
    }
  }

  @Test
  void an_event_that_is_published_after_the_node_before_has_ended_is_never_missed() {
    for (int i = 0; i < 50; i++) {
      Started flow = bench.start(chain("all", task("a"), await("w", "acc.go", ""), task("z")));
      flow.succeed("a", "1");
      publish("acc.go", "{\"n\":" + i + "}");
      deliverAll();
      assertThat(flow.state("w")).as("round " + i).isEqualTo(NodeState.SUCCEEDED);
      assertThat(flow.input("z"))
          .contains("\"event_type\":\"acc.go\"", "\"data\":{\"n\":" + i + "}");
    }
  }

  @Test
  void an_event_from_before_the_wait_does_not_count() {
    Started other = bench.start(await("w", "never.comes", ""));
    publish("acc.go", "{}");
    Started flow = bench.start(await("w", "acc.go", ""));
    deliverAll();
    assertThat(flow.state()).isEqualTo("RUNNING");
    publish("acc.go", "{}");
    deliverAll();

    assertThat(flow.state()).isEqualTo("SUCCEEDED");
    assertThat(other.state()).isEqualTo("RUNNING");
    assertThat(bench.count("workflow_wait")).as("one waits still").isOne();
  }

  @Test
  void a_condition_chooses_and_one_that_errors_fails_the_node() {
    Started flow = bench.start(await("w", "acc.*", "event.data.n > inputs.n"), Map.of("n", 5L));
    publish("acc.go", "{\"n\":5}");
    publish("other.go", "{\"n\":9}");
    deliverAll();
    assertThat(flow.state()).isEqualTo("RUNNING");
    publish("acc.went", "{\"n\":5.5}");
    deliverAll();
    assertThat(flow.state()).isEqualTo("SUCCEEDED");

    Started faulty = bench.start(await("w", "acc.go", "event.data.absent > 1"));
    publish("acc.go", "{}");
    deliverAll();
    assertThat(faulty.node("w").cause().orElseThrow().code()).isEqualTo("EXPRESSION");
  }

  @Test
  void one_event_reaches_every_wait_once_and_the_next_one_nobody() {
    Started flow =
        bench.start(
            group("g", FailurePolicy.WAIT_ALL, await("v", "acc.go", ""), await("w", "acc.go", "")));
    publish("acc.go", "{\"n\":1}");
    publish("acc.go", "{\"n\":2}");
    deliverAll();

    assertThat(flow.state()).isEqualTo("SUCCEEDED");
    assertThat(flow.result()).contains("\"n\":1").doesNotContain("\"n\":2");
    assertThat(bench.count("workflow_wait")).isZero();
  }

  @Test
  void a_wait_that_is_over_waits_for_nothing_and_a_retry_waits_anew() {
    Started flow = bench.start(await("w", "acc.go", ""));
    Postgres.run(bench.database, "UPDATE workflow_timer SET due = now()");
    bench.submit(bench.timers, 10);
    assertThat(flow.node("w").cause().orElseThrow().code()).isEqualTo("WAIT_TIMEOUT");
    assertThat(bench.count("workflow_wait")).isZero();
    publish("acc.go", "{\"n\":1}");
    flow.retry();
    deliverAll();
    assertThat(flow.state()).as("that came before the new wait").isEqualTo("RUNNING");
    publish("acc.go", "{\"n\":2}");
    deliverAll();

    assertThat(flow.state()).isEqualTo("SUCCEEDED");
  }

  @Test
  void a_cancel_ends_a_wait_at_once() {
    Started flow = bench.start(await("w", "acc.go", ""));
    assertThat(flow.cancel().status().state().name()).isEqualTo("CANCELLED");
    assertThat(bench.count("workflow_wait")).isZero();
  }

  @Test
  void a_tree_may_wait_for_what_tasklane_itself_tells() {
    Started first = bench.start(task("a"));
    Started flow =
        bench.start(
            await(
                "w",
                "workflow.state_changed",
                "event.subject == 'workflows/"
                    + first.id
                    + "' && event.data.state == 'SUCCEEDED'"));
    deliverAll();
    first.succeed("a", "1");
    deliverAll();

    assertThat(flow.state()).isEqualTo("SUCCEEDED");
  }
}
