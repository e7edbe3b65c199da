package io.tasklane.grpc.workflow;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.BadRequest;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.CreateWorkflowTemplateRequest;
import io.tasklane.v1.DeleteWorkflowTemplateRequest;
import io.tasklane.v1.GetWorkflowTemplateRequest;
import io.tasklane.v1.ListWorkflowTemplatesRequest;
import io.tasklane.v1.ListWorkflowTemplatesResponse;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.UpdateWorkflowTemplateRequest;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowServiceGrpc;
import io.tasklane.v1.WorkflowTemplate;
import io.tasklane.v1.WorkflowTemplateServiceGrpc;
import io.tasklane.workflow.template.TemplateReference;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Templates over the wire. */
@Timeout(30)
class WorkflowTemplateServiceTest {
  private static final String TASK =
      "'node_id':'a','task':{'queue':'queues/Q','task_type':'system.echo'}";

  private ApiOfTest api;
  private WorkflowTemplateServiceGrpc.WorkflowTemplateServiceBlockingStub templates;
  private WorkflowServiceGrpc.WorkflowServiceBlockingStub workflows;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    templates =
        WorkflowTemplateServiceGrpc.newBlockingStub(api.channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS);
    workflows =
        WorkflowServiceGrpc.newBlockingStub(api.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static Workflow workflow(String json) {
    Workflow.Builder workflow = Workflow.newBuilder();
    try {
      JsonFormat.parser().merge(json.replace('\'', '"'), workflow);
    } catch (IOException malformed) {
      throw new IllegalArgumentException(malformed);
    }
    return workflow.build();
  }

  private static CreateWorkflowTemplateRequest creation(String id, String json) {
    return CreateWorkflowTemplateRequest.newBuilder()
        .setWorkflowTemplateId(id)
        .setWorkflowTemplate(WorkflowTemplate.newBuilder().setWorkflow(workflow(json)))
        .build();
  }

  private WorkflowTemplate create(String id, String json) {
    return templates.createWorkflowTemplate(creation(id, json)).getWorkflowTemplate();
  }

  private static List<String> violations(ThrowingCallable call) {
    return ApiOfTest.detail(catchThrowable(call), BadRequest.class)
        .orElseThrow()
        .getFieldViolationsList()
        .stream()
        .map(violation -> violation.getReason() + " " + violation.getField())
        .toList();
  }

  @Test
  void a_template_is_shown_as_it_was_written_without_what_it_ignores() {
    String kept =
        "'display_name':'Morning','labels':{'desk':'fx'},'priority':7,'timeout':'60s',"
            + "'deadline_after':'3600s','result_expression':'inputs.s',"
            + "'inputs':{'s':{'content_type':'application/json','inline':'W10='}},'root':{"
            + TASK
            + "}";
    WorkflowTemplate shown =
        create("t", "{'name':'workflows/x','deadline_time':'2026-11-30T10:00:00Z'," + kept + "}");

    assertThat(shown.getWorkflow()).isEqualTo(workflow("{" + kept + "}"));
    assertThat(shown.getName()).isEqualTo("workflowTemplates/t");
    assertThat(shown.getVersion()).isEqualTo(1);
    assertThat(shown.getEtag()).isEqualTo("\"1\"");
    var spec = api.templates.stored.get("t").spec();
    assertThat(spec.deadlineAfter()).hasValue(java.time.Duration.ofHours(1));
    assertThat(spec.definition().priority().orElseThrow().value()).isEqualTo(7);
    assertThat(spec.definition().labels()).containsEntry("desk", "fx");
  }

  @Test
  void every_fault_of_the_tree_has_its_path() {
    String tree =
        "{'root':{'node_id':'all','chain':{'nodes':[{'node_id':'a','task':{'queue':'queues/ABSENT',"
            + "'task_type':'x'}},{'node_id':'a','timer':{'duration':'1s'}},"
            + "{'node_id':'c','condition':{'condition':'1 +','then':{'node_id':'b',"
            + "'timer':{'duration':'1s'}}}}]}}}";
    String root = "workflow_template.workflow.root.chain.nodes";
    String[] faults = {
      "NODE_ID_DUPLICATE " + root + "[1].node_id",
      "QUEUE_UNKNOWN " + root + "[0].task.queue",
      "EXPRESSION " + root + "[2].condition.condition"
    };
    assertThat(violations(() -> create("t", tree))).containsExactlyInAnyOrder(faults);
    create("t", "{'root':{" + TASK + "}}");
    var update =
        UpdateWorkflowTemplateRequest.newBuilder()
            .setWorkflowTemplate(
                WorkflowTemplate.newBuilder()
                    .setName("workflowTemplates/t")
                    .setWorkflow(workflow(tree)))
            .build();
    assertThat(violations(() -> templates.updateWorkflowTemplate(update)))
        .containsExactlyInAnyOrder(faults);
  }

  @Test
  void what_is_missing_or_named_otherwise_is_refused() {
    assertThat(violations(() -> create("t", "{}")))
        .containsExactly("INVALID_FIELD workflow_template.workflow.root");
    var none =
        CreateWorkflowTemplateRequest.newBuilder()
            .setWorkflowTemplateId("t")
            .setWorkflowTemplate(WorkflowTemplate.getDefaultInstance())
            .build();
    assertThat(violations(() -> templates.createWorkflowTemplate(none)))
        .containsExactly("INVALID_FIELD workflow_template.workflow");
    var other = creation("t", "{'root':{" + TASK + "}}").toBuilder();
    other.getWorkflowTemplateBuilder().setName("workflowTemplates/u");
    assertThat(violations(() -> templates.createWorkflowTemplate(other.build())))
        .containsExactly("INVALID_FIELD workflow_template.name");
    assertThat(violations(() -> create("T", "{'root':{" + TASK + "}}"))).hasSize(1);
  }

  @Test
  void a_mask_says_what_changes_and_without_one_all_does() {
    create("t", "{'root':{" + TASK + "},'display_name':'one'}");
    WorkflowTemplate wanted =
        WorkflowTemplate.newBuilder()
            .setName("workflowTemplates/t")
            .setDescription("said")
            .setInputSchema("true")
            .build();
    WorkflowTemplate described = update(wanted, "description");
    assertThat(described.getDescription()).isEqualTo("said");
    assertThat(described.getInputSchema()).isEmpty();
    assertThat(described.getWorkflow().getDisplayName()).isEqualTo("one");
    assertThat(update(wanted, "input_schema").getInputSchema()).isEqualTo("true");
    WorkflowTemplate all =
        update(wanted.toBuilder().clearDescription().setWorkflow(described.getWorkflow()).build());
    assertThat(all.getDescription()).isEmpty();
    assertThat(all.getVersion()).isEqualTo(4);
    assertThat(violations(() -> update(wanted)))
        .containsExactly("INVALID_FIELD workflow_template.workflow");
    assertThat(violations(() -> update(wanted, "version")))
        .containsExactly("INVALID_FIELD update_mask.paths[0]");
    assertThat(violations(() -> update(wanted, "workflow.inputs")))
        .containsExactly("INVALID_FIELD update_mask.paths[0]");
  }

  private WorkflowTemplate update(WorkflowTemplate wanted, String... paths) {
    return templates
        .updateWorkflowTemplate(
            UpdateWorkflowTemplateRequest.newBuilder()
                .setWorkflowTemplate(wanted)
                .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)))
                .build())
        .getWorkflowTemplate();
  }

  @Test
  void a_check_stores_nothing() {
    var check = creation("t", "{'root':{" + TASK + "}}").toBuilder().setValidateOnly(true).build();
    assertThat(templates.createWorkflowTemplate(check).getWorkflowTemplate().getVersion()).isZero();
    assertThat(api.templates.stored).isEmpty();
    create("t", "{'root':{" + TASK + "}}");
    var update =
        UpdateWorkflowTemplateRequest.newBuilder()
            .setWorkflowTemplate(
                api.templates.stored.isEmpty()
                    ? WorkflowTemplate.getDefaultInstance()
                    : WorkflowTemplate.newBuilder()
                        .setName("workflowTemplates/t")
                        .setWorkflow(workflow("{'root':{" + TASK + "},'priority':3}"))
                        .build())
            .setValidateOnly(true)
            .build();
    assertThat(templates.updateWorkflowTemplate(update).getWorkflowTemplate().getVersion())
        .isEqualTo(1);
    assertThat(api.templates.asked).containsExactly("check t", "check update t");
  }

  @Test
  void pages_go_on_after_the_last_one_of_the_page_before() {
    for (String id : List.of("a", "b", "c")) {
      create(id, "{'root':{" + TASK + "}}");
    }
    ListWorkflowTemplatesResponse first = list("", 2);
    ListWorkflowTemplatesResponse second = list(first.getNextPageToken(), 2);
    assertThat(first.getWorkflowTemplatesList())
        .extracting(WorkflowTemplate::getName)
        .containsExactly("workflowTemplates/a", "workflowTemplates/b");
    assertThat(second.getWorkflowTemplatesList())
        .extracting(WorkflowTemplate::getName)
        .containsExactly("workflowTemplates/c");
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(codeAndReason(catchThrowable(() -> list("x", 2))))
        .isEqualTo("INVALID_ARGUMENT PAGE_TOKEN");
  }

  private ListWorkflowTemplatesResponse list(String token, int size) {
    return templates.listWorkflowTemplates(
        ListWorkflowTemplatesRequest.newBuilder().setPageToken(token).setPageSize(size).build());
  }

  @Test
  void a_version_and_an_etag_reach_the_application() {
    create("t", "{'root':{" + TASK + "}}");
    templates.getWorkflowTemplate(
        GetWorkflowTemplateRequest.newBuilder()
            .setName("workflowTemplates/t")
            .setVersion(3)
            .build());
    templates.deleteWorkflowTemplate(
        DeleteWorkflowTemplateRequest.newBuilder()
            .setName("workflowTemplates/t")
            .setEtag("\"1\"")
            .build());
    assertThat(api.templates.asked)
        .containsExactly("get workflowTemplates/t@3", "delete t Optional[\"1\"]");
  }

  @Test
  void a_start_names_a_version_and_says_only_what_is_its_own() {
    Workflow own =
        workflow(
            "{'display_name':'Mine','priority':3,'labels':{'desk':'fx'},"
                + "'inputs':{'s':{'inline':'W10='}}}");
    Workflow started = workflows.startWorkflow(of("t@3", own)).getWorkflow();
    var start = api.workflows.startedTemplate.orElseThrow();
    assertThat(start.template()).isEqualTo(TemplateReference.parse("t@3"));
    assertThat(start.displayName()).isEqualTo("Mine");
    assertThat(start.priority().orElseThrow().value()).isEqualTo(3);
    assertThat(start.inputs().get("s").text()).isEqualTo("[]");
    assertThat(started.getTemplate()).isEqualTo("workflowTemplates/t");
    assertThat(started.getTemplateVersion()).isEqualTo(3);
    assertThat(started.getInputsMap()).containsOnlyKeys("s");
    assertThat(started.getOuterWorkflow()).isEqualTo("workflows/around");
    assertThat(started.getNodeStatuses(0).getWorkflow()).isEqualTo("workflows/inner");
    for (String wrong :
        List.of(
            "'root':{" + TASK + "}",
            "'timeout':'1s'",
            "'result_expression':'1'",
            "'deadline_after':'1s'")) {
      assertThat(violations(() -> workflows.startWorkflow(of("t", workflow("{" + wrong + "}")))))
          .as(wrong)
          .containsExactly("INVALID_FIELD workflow." + wrong.substring(1, wrong.indexOf('\'', 1)));
    }
  }

  private static StartWorkflowRequest of(String template, Workflow own) {
    return StartWorkflowRequest.newBuilder()
        .setTemplate("workflowTemplates/" + template)
        .setWorkflow(own)
        .build();
  }
}
