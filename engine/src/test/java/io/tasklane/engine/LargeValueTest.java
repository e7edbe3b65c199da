package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Answer;
import io.tasklane.database.Postgres;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.TaskRequest;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.Chain;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.ForEach;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.TaskExpressions;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.definition.WorkflowRequest;
import io.tasklane.workflow.execution.WorkflowService;
import io.tasklane.workflow.state.Workflow;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of more than 256 KiB travel between the nodes of a workflow as artifacts. */
class LargeValueTest {
  private static final int MEMBERS = Integer.getInteger("tasklane.members", 3_000);
  private static final int LOOKS = 3_000;
  private static final long LOOK_MILLIS = 100;
  private static final String KILOBYTE = "x".repeat(1_000);

  @TempDir private Path folder;
  private final AtomicLong read = new AtomicLong();
  private EngineBench bench;

  @BeforeEach
  void start() {
    QueuePolicy wide = QueuePolicy.STANDARD.withConcurrency(100);
    bench = new EngineBench(folder, this::work, EngineBench.queue("Q", wide));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** Leaves a kilobyte; reads an input that is an artifact as a stream; or leaves an artifact. */
  private Payload work(Run run) throws Exception {
    if (run.input().reference().isPresent()) {
      try (InputStream stream = run.open(run.input().reference().get())) {
        read.set(stream.readAllBytes().length);
      }
      return Payload.json("\"read\"");
    }
    if (run.input().text().contains("large")) {
      byte[] large = ("\"" + KILOBYTE.repeat(400) + "\"").getBytes(StandardCharsets.UTF_8);
      return Payload.reference(run.keep(Payload.JSON, new ByteArrayInputStream(large)));
    }
    return Payload.json("\"" + KILOBYTE + "\"");
  }

  private static Node task(String id, String input) {
    return Node.of(id, TaskNode.of(TaskRequest.of("Q", EngineBench.TYPE, Payload.json(input))));
  }

  private Workflow run(Node tree, Map<String, Payload> inputs) throws Exception {
    return end(start(tree, inputs));
  }

  /** As in the application, a timer does the work of every second. */
  private Workflow end(String id) throws InterruptedException {
    for (int i = 0; i < LOOKS && !workflows().brief(id).status().state().isEnded(); i++) {
      bench.engine.tick();
      Thread.sleep(LOOK_MILLIS);
    }
    return workflows().get(id);
  }

  private WorkflowService workflows() {
    return bench.engine.services().get(WorkflowService.class);
  }

  private String start(Node tree, Map<String, Payload> inputs) throws InvalidDefinitionException {
    WorkflowRequest request =
        new WorkflowRequest(
            Optional.empty(),
            "",
            WorkflowDefinition.of(tree),
            new byte[] {1},
            inputs,
            Optional.empty());
    Answer<Workflow> answer =
        workflows().start(request, EngineBench.change()).toCompletableFuture().join();
    return ((Answer.Fresh<Workflow>) answer).value().workflowId();
  }

  @Test
  void three_thousand_results_of_a_kilobyte_start_the_next_node_as_an_artifact() throws Exception {
    String list = "[" + "1,".repeat(MEMBERS - 1) + "1]";
    Node each =
        Node.of("e", new ForEach("inputs.s", 1, 0, FailurePolicy.WAIT_ALL, task("t", "{}")));
    long began = System.nanoTime();
    Workflow ended =
        run(
            Node.of("all", new Chain(List.of(each, task("z", "{}")))),
            Map.of("s", Payload.json(list)));
    System.out.printf("%d members in %d ms%n", MEMBERS, (System.nanoTime() - began) / 1_000_000);

    assertThat(ended.status().state().name()).as(ended.toString()).isEqualTo("SUCCEEDED");
    assertThat(ended.result().orElseThrow().text()).isEqualTo("\"read\"");
    assertThat(read.get()).isEqualTo("{\"input\":[]}".length() + MEMBERS * 1_003L - 1);
    assertThat(Postgres.number(bench.database, "SELECT count(*) FROM artifact_use")).isOne();
    assertThat(Postgres.number(bench.database, "SELECT count(*) FROM workflow_input")).isZero();
  }

  @Test
  void an_expression_reads_a_result_that_its_task_left_as_an_artifact() throws Exception {
    Node size =
        Node.of(
            "b",
            TaskNode.of(TaskRequest.of("Q", EngineBench.TYPE, Payload.json("{}")))
                .with(TaskExpressions.ofInput(Map.of("n", "size(outputs.a)"))));
    String id = start(Node.of("all", new Chain(List.of(task("a", "\"large\""), size))), Map.of());
    Workflow ended = end(id);
    assertThat(ended.status().state().name()).as(ended.toString()).isEqualTo("SUCCEEDED");
    String task =
        ended.nodes().stream()
            .filter(n -> n.key().nodeId().equals("b"))
            .findFirst()
            .orElseThrow()
            .taskId()
            .orElseThrow();
    assertThat(bench.read(task).input().text()).isEqualTo("{\"n\":400000}");
  }

  @Test
  void an_input_that_the_storage_refuses_fails_its_node() throws Exception {
    Node twice =
        Node.of(
            "b",
            TaskNode.of(TaskRequest.of("Q", EngineBench.TYPE, Payload.json("{}")))
                .with(
                    TaskExpressions.ofInput(
                        Map.of("n", "[" + "outputs.a, ".repeat(8) + "outputs.a]"))));
    Workflow ended =
        run(Node.of("all", new Chain(List.of(task("a", "\"large\""), twice))), Map.of());

    assertThat(ended.status().state().name()).as(ended.toString()).isEqualTo("FAILED");
    assertThat(ended.status().cause().orElseThrow().code()).isEqualTo("ARTIFACT_TOO_LARGE");
  }

  @Test
  void a_workflow_shows_a_result_that_is_an_artifact_by_its_name() throws Exception {
    Workflow ended = run(task("a", "\"large\""), Map.of());
    assertThat(ended.result().orElseThrow().reference().orElseThrow().sizeBytes())
        .isEqualTo(400_002);
  }
}
