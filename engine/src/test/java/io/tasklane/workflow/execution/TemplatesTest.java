package io.tasklane.workflow.execution;

import static io.tasklane.workflow.execution.TemplateBench.spec;
import static io.tasklane.workflow.execution.TemplateBench.sub;
import static io.tasklane.workflow.execution.Trees.chain;
import static io.tasklane.workflow.execution.Trees.cond;
import static io.tasklane.workflow.execution.Trees.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tasklane.api.Refusal;
import io.tasklane.definition.DefinitionWriter;
import io.tasklane.task.Payload;
import io.tasklane.task.RunRules;
import io.tasklane.task.TaskRequest;
import io.tasklane.workflow.compile.InvalidDefinitionException;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.TaskNode;
import io.tasklane.workflow.definition.WorkflowDefinition;
import io.tasklane.workflow.template.TemplateReference;
import io.tasklane.workflow.template.TemplateSpec;
import io.tasklane.workflow.template.WorkflowTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Templates on the real store: their versions, and what is refused. */
class TemplatesTest {
  private final TemplateBench templates = new TemplateBench();

  @AfterEach
  void close() {
    templates.close();
  }

  @Test
  void each_change_is_a_version_and_all_versions_stay() throws InvalidDefinitionException {
    WorkflowTemplate first = templates.create("t", spec(task("a")));
    WorkflowTemplate second = templates.update("t", spec(task("b")));

    assertThat(first.version()).isEqualTo(1);
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.createTime()).isEqualTo(first.createTime());
    assertThat(second.updateTime()).isAfter(first.updateTime());
    assertThat(rootOf("t")).isEqualTo("b");
    assertThat(rootOf("t@1")).isEqualTo("a");
    assertThatThrownBy(() -> rootOf("t@3")).hasMessage("workflowTemplates/t@3 does not exist");
  }

  private String rootOf(String reference) {
    return templates
        .bench
        .templates
        .get(TemplateReference.parse(reference))
        .spec()
        .definition()
        .root()
        .id();
  }

  @Test
  void the_same_again_makes_no_version_however_its_document_is_written()
      throws InvalidDefinitionException {
    templates.create("t", spec(task("a"), Map.of("a", 1L, "b", 2L), ""));
    TemplateSpec same = spec(task("a"), Map.of("b", 2L, "a", 1L), "");
    TemplateSpec written =
        new TemplateSpec(
            same.description(),
            same.displayName(),
            same.definition(),
            new byte[] {2},
            same.inputs(),
            same.deadlineAfter(),
            same.inputSchema());

    assertThat(templates.update("t", written).version()).isEqualTo(1);
    assertThat(templates.bench.count("workflow_template_version")).isOne();
    assertThat(templates.update("t", spec(task("a"), Map.of("a", 1L), "")).version()).isEqualTo(2);
  }

  /** Else another node, or another day, would find a difference where there is none. */
  @Test
  void a_definition_is_written_in_one_order() {
    Map<String, Integer> units = new LinkedHashMap<>();
    Map<String, String> labels = new LinkedHashMap<>();
    for (String name : "q w e r t y u i o p".split(" ")) {
      units.put(name, 1);
      labels.put(name, name);
    }
    TaskRequest request = Trees.request("{}").withRules(RunRules.holding(units)).withLabels(labels);
    String text = DefinitionWriter.write(WorkflowDefinition.of(Node.of("a", TaskNode.of(request))));

    assertThat(text)
        .contains("\"resource_units\":{\"e\":1,\"i\":1,\"o\":1,\"p\":1,\"q\":1,\"r\":1")
        .contains("\"labels\":{\"e\":\"e\",\"i\":\"i\",\"o\":\"o\",\"p\":\"p\"");
  }

  @Test
  void the_numbers_go_on_after_a_delete_and_a_create() throws InvalidDefinitionException {
    templates.create("t", spec(task("a")));
    templates.update("t", spec(task("b")));
    templates.delete("t", Optional.empty());
    assertThatThrownBy(() -> templates.newest("t")).hasMessageContaining("does not exist");
    assertThatThrownBy(() -> templates.delete("t", Optional.empty()))
        .hasMessageContaining("does not exist");

    WorkflowTemplate back = templates.create("t", spec(task("a")));

    assertThat(back.version()).isEqualTo(3);
    assertThatThrownBy(() -> rootOf("t@2")).hasMessage("workflowTemplates/t@2 does not exist");
  }

  @Test
  void a_change_of_what_has_changed_meanwhile_is_refused() throws InvalidDefinitionException {
    WorkflowTemplate first = templates.create("t", spec(task("a")));
    Optional<String> old = Optional.of(first.etag());
    templates.update("t", old, spec(task("b")));

    assertThatThrownBy(() -> templates.update("t", old, spec(task("c"))))
        .hasMessageContaining("has changed");
    assertThatThrownBy(() -> templates.delete("t", old)).hasMessageContaining("has changed");
    assertThatThrownBy(() -> templates.create("t", spec(task("a"))))
        .hasMessageContaining("exists already");
    assertThat(rootOf("t")).isEqualTo("b");
  }

  @Test
  void they_are_listed_by_name_in_their_newest_versions() throws InvalidDefinitionException {
    for (String id : List.of("c", "a", "b", "d")) {
      templates.create(id, spec(task("x")));
    }
    templates.update("b", spec(task("y")));
    templates.delete("d", Optional.empty());

    assertThat(templates.bench.templates.list("", 2))
        .extracting(WorkflowTemplate::templateId, WorkflowTemplate::version)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 1),
            org.assertj.core.groups.Tuple.tuple("b", 2));
    assertThat(templates.bench.templates.list("b", 9))
        .extracting(WorkflowTemplate::templateId)
        .containsExactly("c");
  }

  @Test
  void every_fault_is_reported_with_its_path() {
    Node tree =
        chain(
            "all",
            cond("c", "inputs.", task("x")),
            Node.of("q", TaskNode.of(TaskRequest.of("NOWHERE", "system.echo", Payload.json("{}")))),
            sub("s", "absent@2"));

    InvalidDefinitionException invalid =
        catchThrowableOfType(
            InvalidDefinitionException.class, () -> templates.create("t", spec(tree)));

    assertThat(invalid.faults())
        .extracting(fault -> fault.path() + " " + fault.reason())
        .containsExactly(
            "root.chain.nodes[0].condition.condition EXPRESSION",
            "root.chain.nodes[1].task.queue QUEUE_UNKNOWN",
            "root.chain.nodes[2].workflow.template TEMPLATE_UNKNOWN");
    assertThat(templates.bench.count("workflow_template")).isZero();
  }

  @Test
  void a_template_that_contains_itself_is_refused_also_through_others() {
    templates.store("a", task("x"));
    templates.store("b", sub("s", "a"));

    assertThatThrownBy(() -> templates.store("a", sub("s", "a"))).hasMessageContaining("itself");
    assertThatThrownBy(() -> templates.store("a", task("x").onFailure(sub("s", "b"))))
        .hasMessageContaining("a contains b contains a");
    assertThat(templates.newest("a").version()).isEqualTo(1);
  }

  @Test
  void a_schema_that_is_none_is_refused() {
    for (String schema :
        List.of(
            "{",
            "7",
            "{\"type\":\"nothing\"}",
            "{\"properties\":{\"x\":{\"minimum\":\"y\"}}}",
            "{\"$ref\":\"https://127.0.0.1:1/schema\"}",
            "{\"$ref\":\"file:///etc/hostname\"}")) {
      assertThatThrownBy(() -> templates.create("t", spec(task("a"), Map.of(), schema)))
          .as(schema)
          .isInstanceOf(Refusal.class)
          .hasMessageStartingWith("input_schema is no JSON Schema: ");
    }
  }
}
