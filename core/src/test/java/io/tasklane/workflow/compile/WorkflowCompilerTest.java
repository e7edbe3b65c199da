package io.tasklane.workflow.compile;

import static io.tasklane.workflow.definition.FailurePolicy.WAIT_ALL;
import static io.tasklane.workflow.run.Nodes.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.workflow.compile.DefinitionFault.Reason;
import io.tasklane.workflow.definition.EventWait.OnTimeout;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.WorkflowDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkflowCompilerTest {
  @Test
  void every_fault_is_named_with_its_path() {
    Node root =
        chain(
            "c",
            task("a"),
            cond("a", "1 +", task("x", Map.of("k", "outputs.nope"))),
            group("g", WAIT_ALL),
            each("e", "'no list'", 0, -1, WAIT_ALL, task("1bad")));
    assertThat(faults(root))
        .extracting(fault -> fault.path() + " " + fault.reason())
        .contains(
            "root.chain.nodes[1].node_id NODE_ID_DUPLICATE",
            "root.chain.nodes[1].condition.then.task_expressions.input[\"k\"] OUTPUT_UNREADABLE",
            "root.chain.nodes[2].group.nodes INVALID_FIELD",
            "root.chain.nodes[3].for_each.items EXPRESSION",
            "root.chain.nodes[3].for_each.batch_size INVALID_FIELD",
            "root.chain.nodes[3].for_each.maximum_parallel INVALID_FIELD",
            "root.chain.nodes[3].for_each.node.node_id INVALID_FIELD");
  }

  @Test
  void an_expression_that_does_not_compile_is_refused_with_its_column() {
    assertThat(faults(cond("c", "inputs.a >", task("x"))))
        .singleElement()
        .satisfies(fault -> assertThat(fault.problem()).startsWith("line 1, column 11: "))
        .satisfies(fault -> assertThat(fault.path()).isEqualTo("root.condition.condition"));
  }

  @Test
  void an_empty_chain_is_refused() {
    assertThat(faults(chain("c")))
        .extracting(DefinitionFault::toString)
        .containsExactly("root.chain.nodes: it is empty: at least one node is needed");
  }

  @Test
  void an_output_can_be_read_only_where_it_can_be_there() {
    assertThat(reading("outputs.b", t -> chain("c", task("b"), t))).isEmpty();
    assertThat(reading("outputs.b", t -> chain("c", group("g", WAIT_ALL, task("b")), t))).isEmpty();
    assertThat(reading("outputs.b", t -> chain("c", t, task("b")))).contains("comes later");
    assertThat(reading("outputs.b", t -> group("g", WAIT_ALL, t, task("b"))))
        .contains("at the same time");
    assertThat(reading("outputs.b", t -> cond("c", "true", task("b"), t))).contains("only one of");
    assertThat(reading("outputs.c", t -> chain("c", t))).contains("is part of it");
    assertThat(reading("outputs.b", t -> chain("c", each("e", "[1]", task("b")), t)))
        .contains("inside of the for-each e: read outputs.e");
    assertThat(reading("outputs.b", t -> each("e", "[1]", chain("c", task("b"), t)))).isEmpty();
    assertThat(reading("outputs.b", t -> chain("c", task("a").onFailure(task("b")), t))).isEmpty();
    assertThat(reading("outputs.b", t -> chain("a", t).onFailure(task("b"))))
        .contains("runs only after a has failed");
    assertThat(reading("outputs.b", t -> chain("c", task("b"), task("a")).onFailure(t))).isEmpty();
  }

  @Test
  void item_and_event_exist_only_where_there_is_one() {
    assertThat(reading("item", t -> t)).contains("undeclared reference to 'item'");
    assertThat(reading("item", t -> each("e", "[1]", t))).isEmpty();
    assertThat(reading("event.n", t -> t)).contains("undeclared reference to 'event'");
    assertThat(
            reading(
                "event.n",
                t -> await("e", "market.news", Optional.empty(), OnTimeout.FAIL, Optional.of(t))))
        .isEmpty();
    assertThat(reading("event.n", t -> await("e", "market.news").onFailure(t)))
        .contains("undeclared");
  }

  @Test
  void size_and_depth_are_bounded() {
    Node[] many = new Node[WorkflowLimits.MAX_NODES];
    for (int i = 0; i < many.length; i++) {
      many[i] = task("n" + i);
    }
    assertThat(faults(chain("c", many)))
        .extracting(DefinitionFault::reason)
        .containsExactly(Reason.WORKFLOW_TOO_LARGE);
    Node deep = task("leaf");
    for (int i = 0; i <= WorkflowLimits.MAX_DEPTH; i++) {
      deep = chain("c" + i, deep);
    }
    assertThat(faults(deep))
        .extracting(DefinitionFault::reason)
        .containsExactly(Reason.WORKFLOW_TOO_LARGE);
  }

  @Test
  void what_is_named_has_to_exist() {
    Node root =
        chain(
            "c",
            task("a"),
            queue("q", "NOPE", WAIT_ALL),
            sub("s", "nope", Map.of()),
            sub("t", "eod", Map.of()));
    assertThat(faults(root, Optional.empty(), new Names()))
        .extracting(fault -> fault.path() + " " + fault.reason())
        .containsExactly(
            "root.chain.nodes[0].task.task_type TASK_TYPE_UNKNOWN",
            "root.chain.nodes[1].queue_run.queue QUEUE_UNKNOWN",
            "root.chain.nodes[2].workflow.template TEMPLATE_UNKNOWN");
  }

  @Test
  void a_template_that_contains_itself_is_refused_with_the_ring() {
    assertThat(faults(sub("s", "eod", Map.of()), Optional.of("morning"), new Names()))
        .extracting(DefinitionFault::problem)
        .containsExactly("the template contains itself: morning contains eod contains morning");
    assertThatCode(
            () ->
                WorkflowCompiler.check(
                    WorkflowDefinition.of(sub("s", "eod", Map.of())),
                    Optional.of("other"),
                    new Names()))
        .doesNotThrowAnyException();
  }

  @Test
  void an_approval_has_no_event_and_a_wait_has_one() {
    assertThat(faults(approval("p", 6, OnTimeout.FAIL)))
        .extracting(DefinitionFault::path)
        .containsExactly("root.event_wait.approvals");
    assertThat(faults(await("p", "not a type")))
        .extracting(DefinitionFault::path)
        .containsExactly("root.event_wait.event_type");
  }

  @Test
  void labels_and_the_time_limit_are_checked_by_their_fields() {
    assertThat(faults(Map.of("1st", "x", "desk", "a\nb", "ok", "x".repeat(256)), 1))
        .extracting(DefinitionFault::path)
        .containsExactly("labels[\"1st\"]", "labels[\"desk\"]");
    Map<String, String> many =
        IntStream.rangeClosed(0, 64).boxed().collect(Collectors.toMap(i -> "k" + i, i -> ""));
    assertThat(faults(many, 1)).extracting(DefinitionFault::path).containsExactly("labels");
    Duration year = Duration.ofDays(365);
    for (long millis : new long[] {-1, 0, year.toMillis() + 1}) {
      assertThat(faults(Map.of(), millis))
          .extracting(DefinitionFault::path)
          .containsExactly("timeout");
    }
    assertThat(faults(Map.of(), year.toMillis())).isEmpty();
  }

  private static List<DefinitionFault> faults(Map<String, String> labels, long millis) {
    WorkflowDefinition definition =
        new WorkflowDefinition(
            task("a"),
            Optional.empty(),
            Optional.empty(),
            labels,
            Optional.of(Duration.ofMillis(millis)));
    InvalidDefinitionException invalid =
        catchThrowableOfType(
            InvalidDefinitionException.class, () -> WorkflowCompiler.compile(definition));
    return invalid == null ? List.of() : invalid.faults();
  }

  /** One queue, no types, and two templates of which one contains the other. */
  private static final class Names implements Catalog {
    @Override
    public boolean queue(String queue) {
      return queue.equals("DATA_FETCHER");
    }

    @Override
    public boolean taskType(String queue, String taskType) {
      return false;
    }

    @Override
    public boolean template(String template, OptionalInt version) {
      return Set.of("eod", "morning").contains(template);
    }

    @Override
    public Set<String> templatesIn(String template) {
      return template.equals("eod") ? Set.of("morning") : Set.of();
    }
  }

  private static String reading(String text, java.util.function.UnaryOperator<Node> around) {
    InvalidDefinitionException invalid =
        catchThrowableOfType(
            InvalidDefinitionException.class,
            () ->
                WorkflowCompiler.compile(
                    WorkflowDefinition.of(around.apply(task("t", Map.of("k", text))))));
    return invalid == null ? "" : invalid.getMessage();
  }

  private static List<DefinitionFault> faults(Node root) {
    return catchThrowableOfType(
            InvalidDefinitionException.class,
            () -> WorkflowCompiler.compile(WorkflowDefinition.of(root)))
        .faults();
  }

  private static List<DefinitionFault> faults(
      Node root, Optional<String> template, Catalog catalog) {
    return catchThrowableOfType(
            InvalidDefinitionException.class,
            () -> WorkflowCompiler.check(WorkflowDefinition.of(root), template, catalog))
        .faults();
  }
}
