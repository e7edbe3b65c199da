package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.TemplateBench.payloads;
import static io.tasklane.workflow.execution.TemplateBench.spec;
import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.cond;
import static io.tasklane.workflow.execution.Trees.each;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.FailurePolicy;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.state.Workflow;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateSpec;
import io.tasklane.workflow.template.TemplateStart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starts from templates: a workflow keeps the version that it was started from. */
class TemplateStartTest {
  private static final String SCHEMA =
      """
      {"type":"object","required":["n"],"additionalProperties":false,
       "properties":{"n":{"type":"integer","minimum":1},"s":{"type":"string"}}}""";

  private final TemplateBench templates = new TemplateBench();

  @AfterEach
  void close() {
    templates.close();
  }

  @Test
  void what_a_start_gives_goes_before_what_the_template_says() throws InvalidDefinitionException {
    WorkflowDefinition definition =
        new WorkflowDefinition(
            task("a", Map.of("x", "inputs.x", "y", "inputs.y")),
            Optional.empty(),
            Optional.of(new Priority(8)),
            Map.of("desk", "fx", "team", "one"),
            Optional.empty());
    templates.create(
        "t",
        new TemplateSpec(
            "",
            "Morning",
            definition,
            new byte[] {1},
            payloads(Map.of("x", 1L, "y", 2L)),
            Optional.of(Duration.ofHours(2)),
            ""));

    Started plain = templates.start("t", Map.of());
    Started own =
        templates.start(
            new TemplateStart(
                TemplateReference.newest("t"),
                Optional.of("mine"),
                "Mine",
                payloads(Map.of("y", 7L)),
                Optional.of(new Priority(3)),
                Map.of("desk", "rates"),
                Optional.empty()));

    assertThat(plain.input("a")).isEqualTo("{\"x\":1,\"y\":2}");
    assertThat(plain.task("a").priority()).isEqualTo(new Priority(8));
    assertThat(plain.now().details().displayName()).isEqualTo("Morning");
    assertThat(plain.now().details().deadlineTime().orElseThrow())
        .isBetween(
            plain.now().createTime().plusSeconds(7_199),
            plain.now().createTime().plusSeconds(7201));
    assertThat(own.id).isEqualTo("mine");
    assertThat(own.input("a")).isEqualTo("{\"x\":1,\"y\":7}");
    assertThat(own.task("a").priority()).isEqualTo(new Priority(3));
    Workflow.Details details = own.now().details();
    assertThat(details.displayName()).isEqualTo("Mine");
    assertThat(details.labels()).isEqualTo(Map.of("desk", "rates", "team", "one"));
    assertThat(details.template()).hasValue(TemplateReference.parse("t@1"));
    assertThat(details.inputs().get("x").text()).isEqualTo("1");
    assertThat(details.inputs().get("y").text()).isEqualTo("7");
  }

  @Test
  void a_new_version_changes_nothing_that_was_started_before() {
    Node first =
        chain(
            "all",
            task("a"),
            cond("c", "outputs.a.n > 1", task("yes"), task("no")),
            each("e", "[1, 2, 3]", 1, 1, FailurePolicy.WAIT_ALL, task("copy")));
    templates.store("t", first);
    Started flow = templates.start("t", Map.of());
    templates.store("t", chain("all", task("a"), cond("c", "false", task("yes")), task("last")));

    flow.succeed("a", "{\"n\":2}");
    flow.succeed("yes", "1");
    flow.succeed("copy", "1", 0);
    flow.fail("copy", 1);
    flow.succeed("copy", "1", 2);
    assertThat(flow.state()).isEqualTo("FAILED");
    templates.delete("t", Optional.empty());
    flow.retry();
    flow.succeed("copy", "2", 1);

    assertThat(flow.state()).isEqualTo("SUCCEEDED");
    assertThat(flow.result()).isEqualTo("[1,2,1]");
    assertThat(flow.hasStarted("last")).isFalse();
    assertThat(flow.now().details().template()).hasValue(TemplateReference.parse("t@1"));
  }

  @Test
  void a_start_takes_the_newest_version_or_the_one_it_names() {
    templates.store("t", task("one"));
    templates.store("t", task("two"));

    assertThat(templates.start("t", Map.of()).hasStarted("two")).isTrue();
    assertThat(templates.start("t@1", Map.of()).hasStarted("one")).isTrue();
    assertThat(refusal("t@3", Map.of()).getMessage())
        .isEqualTo("workflowTemplates/t@3 does not exist");
    assertThat(refusal("u", Map.of()).reason()).isEqualTo(RefusalReason.TEMPLATE_UNKNOWN);
    assertThat(templates.bench.count("workflow")).isEqualTo(2);
  }

  @Test
  void inputs_that_do_not_fit_the_schema_are_refused_with_the_place()
      throws InvalidDefinitionException {
    templates.create("t", spec(task("a"), Map.of("s", "default"), SCHEMA));

    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of(), Map.of("n", 0L), Map.of("n", "1"), Map.of("n", 1L, "z", 1L))) {
      Refusal refusal = refusal("t", wrong);
      assertThat(refusal.reason()).as("%s", wrong).isEqualTo(RefusalReason.INPUT_SCHEMA);
      assertThat(refusal.field()).hasValue("workflow.inputs");
      assertThat(refusal).hasMessageContaining("workflowTemplates/t@1");
    }
    assertThat(refusal("t", Map.of("n", 0L))).hasMessageContaining("$.n");
    assertThat(templates.start("t", Map.of("n", 1L)).state()).isEqualTo("RUNNING");
    assertThatThrownBy(
            () ->
                templates.bench.workflows.check(
                    TemplateStart.of(TemplateReference.newest("t"), Map.of())))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void an_input_that_is_no_json_is_refused() {
    templates.store("t", task("a"));
    TemplateStart start =
        TemplateStart.of(
            TemplateReference.newest("t"), Map.of("x", new Payload("text/plain", new byte[1])));
    assertThatThrownBy(() -> templates.start(start)).hasMessageContaining("inputs are JSON");
  }

  @Test
  void a_name_that_is_taken_is_refused() {
    templates.store("t", task("a"));
    TemplateStart start =
        new TemplateStart(
            TemplateReference.newest("t"),
            Optional.of("same"),
            "",
            Map.of(),
            Optional.empty(),
            Map.of(),
            Optional.empty());
    templates.start(start);
    assertThatThrownBy(() -> templates.start(start)).hasMessageContaining("exists already");
    assertThat(templates.bench.count("workflow_definition")).isOne();
  }

  private Refusal refusal(String template, Map<String, Object> inputs) {
    return catchThrowableOfType(Refusal.class, () -> templates.start(template, inputs));
  }
}
