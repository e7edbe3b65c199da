package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;
import static io.tasklane.system.WorkflowTrees.start;
import static io.tasklane.system.WorkflowTrees.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.tasklane.v1.CreateTriggerRequest;
import io.tasklane.v1.CreateWorkflowTemplateRequest;
import io.tasklane.v1.DeleteTriggerRequest;
import io.tasklane.v1.Event;
import io.tasklane.v1.GetTriggerRequest;
import io.tasklane.v1.ListTriggersRequest;
import io.tasklane.v1.PublishEventsRequest;
import io.tasklane.v1.Trigger;
import io.tasklane.v1.UpdateTriggerRequest;
import io.tasklane.v1.WorkflowTemplate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about triggers, and one start over the whole system. */
@ExtendWith(SharedServer.class)
class TriggerPromisesIT {
  private static final String BAD = "INVALID_ARGUMENT INVALID_FIELD";
  private static final String REUSED = "INVALID_ARGUMENT REQUEST_ID_REUSED";
  private static final String UNKNOWN = "INVALID_ARGUMENT TEMPLATE_UNKNOWN";
  private static final String MISSING = "NOT_FOUND TRIGGER_NOT_FOUND";
  private static final String NOWHERE = "triggers/nowhere";

  private static String template(Client client) {
    String id = "t" + UUID.randomUUID();
    client
        .templates()
        .createWorkflowTemplate(
            CreateWorkflowTemplateRequest.newBuilder()
                .setWorkflowTemplateId(id)
                .setWorkflowTemplate(
                    WorkflowTemplate.newBuilder()
                        .setWorkflow(
                            start(task("a", Client.DATA, "system.echo", "")).getWorkflow()))
                .build());
    return "workflowTemplates/" + id;
  }

  private static CreateTriggerRequest.Builder creation(String id, String template) {
    return CreateTriggerRequest.newBuilder()
        .setTriggerId(id)
        .setTrigger(Trigger.newBuilder().setEventType("portfolio.updated").setTemplate(template));
  }

  private static UpdateTriggerRequest.Builder update(Trigger.Builder trigger, String path) {
    return UpdateTriggerRequest.newBuilder()
        .setTrigger(trigger)
        .setUpdateMask(FieldMask.newBuilder().addPaths(path));
  }

  @Test
  void of_looking_at_triggers(Client client) {
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}}) {
      var get = GetTriggerRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.triggers().getTrigger(get));
    }
    var size = ListTriggersRequest.newBuilder().setPageSize(501).build();
    refused(BAD, () -> client.triggers().listTriggers(size));
    var token = ListTriggersRequest.newBuilder().setPageToken("x").build();
    refused("INVALID_ARGUMENT PAGE_TOKEN", () -> client.triggers().listTriggers(token));
  }

  @Test
  void of_creating_changing_and_deleting(Client client) {
    String template = template(client);
    String id = UUID.randomUUID().toString();
    Trigger made =
        client
            .triggers()
            .createTrigger(creation("promised", template).setRequestId(id).build())
            .getTrigger();
    var other = creation("other", template).setRequestId(id).build();
    refused(REUSED, () -> client.triggers().createTrigger(other));
    var again = creation("promised", template).build();
    refused("ALREADY_EXISTS TRIGGER_EXISTS", () -> client.triggers().createTrigger(again));
    var nothing = creation("other", "workflowTemplates/nowhere").build();
    refused(UNKNOWN, () -> client.triggers().createTrigger(nothing));
    refused(BAD, () -> client.triggers().createTrigger(creation("Bad", template).build()));

    Trigger.Builder named = Trigger.newBuilder().setName(made.getName());
    var change = update(named.clone().setCondition("true"), "condition").setRequestId(id).build();
    client.triggers().updateTrigger(change);
    var otherChange =
        update(named.clone().setCondition("false"), "condition").setRequestId(id).build();
    refused(REUSED, () -> client.triggers().updateTrigger(otherChange));
    var stale = update(named.clone().setEtag(made.getEtag()), "condition").build();
    refused("ABORTED ETAG_MISMATCH", () -> client.triggers().updateTrigger(stale));
    var wrong = update(named.clone().setCondition("event.x >"), "condition").build();
    refused(BAD, () -> client.triggers().updateTrigger(wrong));
    var gone = update(named.clone().setTemplate("workflowTemplates/nowhere"), "template").build();
    refused(UNKNOWN, () -> client.triggers().updateTrigger(gone));
    var nowhere = update(Trigger.newBuilder().setName(NOWHERE), "disabled").build();
    refused(MISSING, () -> client.triggers().updateTrigger(nowhere));

    var deletion = DeleteTriggerRequest.newBuilder().setName(made.getName());
    var staleDeletion = deletion.clone().setEtag(made.getEtag()).build();
    refused("ABORTED ETAG_MISMATCH", () -> client.triggers().deleteTrigger(staleDeletion));
    client.triggers().deleteTrigger(deletion.clone().setRequestId(id).build());
    refused(MISSING, () -> client.triggers().deleteTrigger(deletion.build()));
    var otherDeletion = DeleteTriggerRequest.newBuilder().setName(NOWHERE).setRequestId(id).build();
    refused(REUSED, () -> client.triggers().deleteTrigger(otherDeletion));
    var bad = DeleteTriggerRequest.newBuilder().setName("x").build();
    refused(BAD, () -> client.triggers().deleteTrigger(bad));
  }

  @Test
  void an_event_with_an_old_name_starts_a_workflow(Client client) throws Exception {
    client.triggers().createTrigger(creation("old-name", template(client)).build());
    client
        .events()
        .publishEvents(
            PublishEventsRequest.newBuilder()
                .addEvents(Event.newBuilder().setEventType("PORTFOLIO_UPDATED"))
                .build());
    var get = GetTriggerRequest.newBuilder().setName("triggers/old-name").build();
    Trigger now = client.triggers().getTrigger(get).getTrigger();
    for (int look = 0; look < 600 && now.getStartCount() == 0; look++) {
      Thread.sleep(100);
      now = client.triggers().getTrigger(get).getTrigger();
    }
    assertThat(now.getStartCount()).isEqualTo(1);
    assertThat(now.hasLastFault()).isFalse();
    client
        .triggers()
        .deleteTrigger(DeleteTriggerRequest.newBuilder().setName("triggers/old-name").build());
  }
}
