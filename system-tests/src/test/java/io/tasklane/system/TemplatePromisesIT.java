package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;
import static io.tasklane.system.WorkflowTrees.echo;
import static io.tasklane.system.WorkflowTrees.node;
import static io.tasklane.system.WorkflowTrees.start;
import static io.tasklane.system.WorkflowTrees.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tasklane.v1.CreateWorkflowTemplateRequest;
import io.tasklane.v1.CreateWorkflowTemplateResponse;
import io.tasklane.v1.DeleteWorkflowTemplateRequest;
import io.tasklane.v1.GetWorkflowTemplateRequest;
import io.tasklane.v1.ListWorkflowTemplatesRequest;
import io.tasklane.v1.Payload;
import io.tasklane.v1.StartWorkflowRequest;
import io.tasklane.v1.UpdateWorkflowTemplateRequest;
import io.tasklane.v1.Workflow;
import io.tasklane.v1.WorkflowTemplate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about templates, and the same answer for a repeated request. */
@ExtendWith(SharedServer.class)
class TemplatePromisesIT {
  private static final String BAD = "INVALID_ARGUMENT INVALID_FIELD";
  private static final String REUSED = "INVALID_ARGUMENT REQUEST_ID_REUSED";
  private static final String LARGE = "INVALID_ARGUMENT PAYLOAD_TOO_LARGE";
  private static final String MISSING = "NOT_FOUND TEMPLATE_NOT_FOUND";
  private static final String NOWHERE = "workflowTemplates/nowhere";
  private static final String[][] WRONG_TREES = {
    {task("1", Client.DATA, "system.echo", ""), BAD},
    {task("a", "queues/NOWHERE", "system.echo", ""), "INVALID_ARGUMENT QUEUE_UNKNOWN"},
    {task("a", Client.DATA, "nothing", ""), "INVALID_ARGUMENT TASK_TYPE_UNKNOWN"},
    {node("w", "'workflow':{'template':'" + NOWHERE + "'}"), "INVALID_ARGUMENT TEMPLATE_UNKNOWN"}
  };

  private static WorkflowTemplate.Builder of(String root) {
    return WorkflowTemplate.newBuilder().setWorkflow(start(root).getWorkflow());
  }

  private static CreateWorkflowTemplateRequest.Builder creation(String id, String root) {
    return CreateWorkflowTemplateRequest.newBuilder()
        .setWorkflowTemplateId(id)
        .setWorkflowTemplate(of(root));
  }

  private static UpdateWorkflowTemplateRequest.Builder update(String id, String root) {
    return UpdateWorkflowTemplateRequest.newBuilder()
        .setWorkflowTemplate(of(root).setName("workflowTemplates/" + id));
  }

  private static Workflow.Builder large(Workflow.Builder workflow) {
    return workflow.putInputs(
        "x", Payload.newBuilder().setInline(ByteString.copyFrom(new byte[300_000])).build());
  }

  @Test
  void of_creating(Client client) {
    String request = UUID.randomUUID().toString();
    String id = "t" + request;
    var create = creation(id, echo("a")).setRequestId(request).build();
    CreateWorkflowTemplateResponse first = client.templates().createWorkflowTemplate(create);
    assertThat(client.templates().createWorkflowTemplate(create)).isEqualTo(first);
    var other = create.toBuilder().setWorkflowTemplateId("other").build();
    refused(REUSED, () -> client.templates().createWorkflowTemplate(other));
    var again = creation(id, echo("a")).build();
    refused(
        "ALREADY_EXISTS TEMPLATE_EXISTS", () -> client.templates().createWorkflowTemplate(again));
    for (String[] wrong : WRONG_TREES) {
      var creation = creation("wrong", wrong[0]).build();
      refused(wrong[1], () -> client.templates().createWorkflowTemplate(creation));
    }
    var large = creation("large", echo("a"));
    large(large.getWorkflowTemplateBuilder().getWorkflowBuilder());
    refused(LARGE, () -> client.templates().createWorkflowTemplate(large.build()));
    client.templates().deleteWorkflowTemplate(deletion("workflowTemplates/" + id).build());
  }

  private static DeleteWorkflowTemplateRequest.Builder deletion(String name) {
    return DeleteWorkflowTemplateRequest.newBuilder().setName(name);
  }

  @Test
  void of_looking_at_templates(Client client) {
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}}) {
      var get = GetWorkflowTemplateRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.templates().getWorkflowTemplate(get));
    }
    var size = ListWorkflowTemplatesRequest.newBuilder().setPageSize(501).build();
    refused(BAD, () -> client.templates().listWorkflowTemplates(size));
    var token = ListWorkflowTemplatesRequest.newBuilder().setPageToken("x").build();
    refused("INVALID_ARGUMENT PAGE_TOKEN", () -> client.templates().listWorkflowTemplates(token));
  }

  @Test
  void of_changing_and_deleting(Client client) {
    String request = UUID.randomUUID().toString();
    String id = "t" + request;
    String name = "workflowTemplates/" + id;
    client.templates().createWorkflowTemplate(creation(id, echo("a")).build());
    var update = update(id, echo("b")).setRequestId(request).build();
    var second = client.templates().updateWorkflowTemplate(update).getWorkflowTemplate();
    assertThat(second.getVersion()).isEqualTo(2);
    var same = client.templates().updateWorkflowTemplate(update(id, echo("b")).build());
    assertThat(same.getWorkflowTemplate()).isEqualTo(second);
    var otherUpdate = update(id, echo("c")).setRequestId(request).build();
    refused(REUSED, () -> client.templates().updateWorkflowTemplate(otherUpdate));
    var stale = update(id, echo("c"));
    stale.getWorkflowTemplateBuilder().setEtag("\"1\"");
    refused(
        "ABORTED ETAG_MISMATCH", () -> client.templates().updateWorkflowTemplate(stale.build()));
    refused(
        MISSING,
        () -> client.templates().updateWorkflowTemplate(update("nowhere", echo("a")).build()));
    for (String[] wrong : WRONG_TREES) {
      var change = update(id, wrong[0]).build();
      refused(wrong[1], () -> client.templates().updateWorkflowTemplate(change));
    }
    var large = update(id, echo("a"));
    large(large.getWorkflowTemplateBuilder().getWorkflowBuilder());
    refused(LARGE, () -> client.templates().updateWorkflowTemplate(large.build()));

    var staleDeletion = deletion(name).setEtag("\"1\"").build();
    refused(
        "ABORTED ETAG_MISMATCH", () -> client.templates().deleteWorkflowTemplate(staleDeletion));
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}}) {
      var delete = deletion(wrong[0]).build();
      refused(wrong[1], () -> client.templates().deleteWorkflowTemplate(delete));
    }
    client.templates().deleteWorkflowTemplate(deletion(name).setRequestId(request).build());
    var otherDeletion = deletion(NOWHERE).setRequestId(request).build();
    refused(REUSED, () -> client.templates().deleteWorkflowTemplate(otherDeletion));
  }

  @Test
  void of_starting_from_one(Client client) {
    String id = "t" + UUID.randomUUID();
    var creation = creation(id, echo("a"));
    creation.getWorkflowTemplateBuilder().setInputSchema("{\"required\":[\"n\"]}");
    client.templates().createWorkflowTemplate(creation.build());
    StartWorkflowRequest.Builder start =
        StartWorkflowRequest.newBuilder().setTemplate("workflowTemplates/" + id);
    refused("INVALID_ARGUMENT INPUT_SCHEMA", () -> client.workflows().startWorkflow(start.build()));
    start
        .getWorkflowBuilder()
        .putInputs("n", Payload.newBuilder().setInline(ByteString.copyFromUtf8("7")).build());
    Workflow started = client.workflows().startWorkflow(start.build()).getWorkflow();
    assertThat(started.getTemplate()).isEqualTo("workflowTemplates/" + id);
    assertThat(started.getTemplateVersion()).isEqualTo(1);
    assertThat(WorkflowTrees.end(client.workflows(), started.getName()).getState())
        .isEqualTo(Workflow.State.STATE_SUCCEEDED);
    client.templates().deleteWorkflowTemplate(deletion("workflowTemplates/" + id).build());
    refused(
        "INVALID_ARGUMENT TEMPLATE_UNKNOWN", () -> client.workflows().startWorkflow(start.build()));
  }
}
