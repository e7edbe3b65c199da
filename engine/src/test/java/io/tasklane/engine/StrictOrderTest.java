package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Answer;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Rows;
import io.tasklane.queue.QueueState;
import io.tasklane.time.Until;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.QueueRun;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.execution.WorkflowService;
import io.tasklane.workflow.state.Workflow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sequential mode: tasks wait in three queues, and none starts out of order. */
class StrictOrderTest {
  private static final int TASKS = 12;
  private static final String SPAN =
      """
      SELECT min(k.start_time) AS first, max(k.end_time) AS last FROM task k
      JOIN queue q ON q.id = k.queue WHERE q.name = :queue AND k.name LIKE 'ordered%'""";

  private record Span(Instant first, Instant last) {}

  @TempDir private Path folder;
  private TwoNodes nodes;
  private EngineBench first;

  @BeforeEach
  void start() throws Exception {
    nodes = new TwoNodes(folder);
    first = nodes.first;
  }

  @AfterEach
  void close() throws Exception {
    nodes.close();
  }

  @Test
  void on_one_node() {
    run(List.of("Q0", "Q1", "Q2"), () -> {});
  }

  @Test
  void on_two_nodes_that_share_the_queues() {
    nodes.join();
    run(shared(), () -> {});
  }

  @Test
  void on_two_nodes_of_which_one_is_lost_in_the_middle() {
    nodes.join();
    run(
        shared(),
        () -> {
          try {
            nodes.setAway(true);
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
        });
  }

  private List<String> shared() {
    return List.of(nodes.owned("n2").get(0), nodes.owned("n1").get(0), nodes.owned("n2").get(1));
  }

  /** The tasks wait beforehand in paused queues, and more come while the first queue runs. */
  private void run(List<String> queues, Runnable fault) {
    queues.forEach(queue -> first.set(queue, QueueState.PAUSED));
    for (String queue : queues) {
      fill(queue);
    }
    String workflow = startInOrder(queues);
    for (int i = queues.size() - 1; i >= 0; i--) {
      first.set(queues.get(i), QueueState.ACTIVE);
    }
    Until.isTrue("some have run", () -> span(queues.get(0)).last() != null);
    fill(queues.get(2));
    fault.run();
    Until.isTrue("all have run", () -> state(workflow).equals("SUCCEEDED"));

    Span before = span(queues.get(0));
    for (String queue : queues.subList(1, queues.size())) {
      Span next = span(queue);
      assertThat(next.first()).as(queue + " after the one before").isAfterOrEqualTo(before.last());
      before = next;
    }
  }

  private void fill(String queue) {
    for (int i = 0; i < TASKS; i++) {
      first.create(EngineBench.request(queue, nodes.name("ordered", 20)));
    }
  }

  private Span span(String queue) {
    return first.database.with(
        c ->
            NamedSql.on(c, SPAN)
                .set("queue", queue)
                .one(
                    row ->
                        new Span(
                            Rows.instant(row, "first").orElse(null),
                            Rows.instant(row, "last").orElse(null))));
  }

  private WorkflowService workflows() {
    return first.engine.services().get(WorkflowService.class);
  }

  private String startInOrder(List<String> queues) {
    List<Node> chain = new ArrayList<>();
    for (String queue : queues) {
      chain.add(Node.of("n" + chain.size(), new QueueRun(queue, FailurePolicy.WAIT_ALL, true)));
    }
    WorkflowRequest request =
        new WorkflowRequest(
            Optional.empty(),
            "",
            WorkflowDefinition.of(Node.of("all", new Chain(chain))),
            new byte[] {1},
            Map.of(),
            Optional.empty());
    try {
      Answer<Workflow> answer =
          workflows().start(request, EngineBench.change()).toCompletableFuture().join();
      return ((Answer.Fresh<Workflow>) answer).value().workflowId();
    } catch (InvalidDefinitionException invalid) {
      throw new IllegalArgumentException(invalid);
    }
  }

  private String state(String workflow) {
    return workflows().get(workflow).status().state().name();
  }
}
