package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;

import com.google.protobuf.FieldMask;
import io.tasklane.v1.CreateResourceRequest;
import io.tasklane.v1.DeadLetter;
import io.tasklane.v1.DeleteResourceRequest;
import io.tasklane.v1.GetResourceRequest;
import io.tasklane.v1.ListDeadLettersRequest;
import io.tasklane.v1.ListResourcesRequest;
import io.tasklane.v1.ReplayDeadLetterRequest;
import io.tasklane.v1.Resource;
import io.tasklane.v1.RetryTaskRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.UpdateResourceRequest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about resources. */
@ExtendWith(SharedServer.class)
class ResourcePromisesIT {
  private static final String BAD = "INVALID_ARGUMENT INVALID_FIELD";
  private static final String REUSED = "INVALID_ARGUMENT REQUEST_ID_REUSED";
  private static final String MISSING = "NOT_FOUND RESOURCE_NOT_FOUND";
  private static final String NOWHERE = "resources/nowhere";

  @Test
  void of_looking_at_resources(Client client) {
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}}) {
      var get = GetResourceRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.resources().getResource(get));
    }
    var size = ListResourcesRequest.newBuilder().setPageSize(501).build();
    refused(BAD, () -> client.resources().listResources(size));
    var token = ListResourcesRequest.newBuilder().setPageToken("x").build();
    refused("INVALID_ARGUMENT PAGE_TOKEN", () -> client.resources().listResources(token));
  }

  @Test
  void of_creating(Client client) {
    String id = UUID.randomUUID().toString();
    var create = creation("created").setRequestId(id).build();
    String name = client.resources().createResource(create).getResource().getName();
    var other = creation("another").setRequestId(id).build();
    refused(REUSED, () -> client.resources().createResource(other));
    var again = creation("created").build();
    refused("ALREADY_EXISTS RESOURCE_EXISTS", () -> client.resources().createResource(again));
    var large = creation("Large").build();
    refused(BAD, () -> client.resources().createResource(large));
    client.resources().deleteResource(deletion(name).build());
  }

  @Test
  void of_changing_and_deleting(Client client) {
    String id = UUID.randomUUID().toString();
    Resource made = client.resources().createResource(creation("changed").build()).getResource();
    var update = update(made.toBuilder().setCapacity(3)).setRequestId(id).build();
    client.resources().updateResource(update);
    var otherUpdate = update(made.toBuilder().setCapacity(4)).setRequestId(id).build();
    refused(REUSED, () -> client.resources().updateResource(otherUpdate));
    var stale = update(made.toBuilder().setCapacity(5)).build();
    refused("ABORTED ETAG_MISMATCH", () -> client.resources().updateResource(stale));
    var nowhere = update(Resource.newBuilder().setName(NOWHERE).setCapacity(1)).build();
    refused(MISSING, () -> client.resources().updateResource(nowhere));
    var negative = update(made.toBuilder().clearEtag().setCapacity(-1)).build();
    refused(BAD, () -> client.resources().updateResource(negative));

    var staleDeletion = deletion(made.getName()).setEtag(made.getEtag()).build();
    refused("ABORTED ETAG_MISMATCH", () -> client.resources().deleteResource(staleDeletion));
    var nowhereDeletion = deletion(NOWHERE).build();
    refused(MISSING, () -> client.resources().deleteResource(nowhereDeletion));
    refused(BAD, () -> client.resources().deleteResource(deletion("x").build()));
    client.resources().deleteResource(deletion(made.getName()).setRequestId(id).build());
    var otherDeletion = deletion(NOWHERE).setRequestId(id).build();
    refused(REUSED, () -> client.resources().deleteResource(otherDeletion));
  }

  @Test
  void of_a_resource_that_tasks_need(Client client) {
    Resource needed = client.resources().createResource(creation("needed").build()).getResource();
    Task.Builder work =
        Client.task(Client.DATA, "system.fail", "{\"code\": \"GONE\", \"retryable\": false}");
    client.pause(Client.DATA);
    Task task = client.create(work.putResourceUnits("needed", 2));
    var less = update(needed.toBuilder().clearEtag().setCapacity(1)).build();
    refused("FAILED_PRECONDITION RESOURCE_NEEDED", () -> client.resources().updateResource(less));
    var deletion = deletion(needed.getName()).build();
    refused(
        "FAILED_PRECONDITION RESOURCE_NEEDED", () -> client.resources().deleteResource(deletion));
    client.resume(Client.DATA);
    client.end(task);
    client.resources().deleteResource(deletion);

    String gone = "FAILED_PRECONDITION RESOURCE_UNKNOWN";
    var retry = RetryTaskRequest.newBuilder().setName(task.getName()).build();
    refused(gone, () -> client.tasks().retryTask(retry));
    DeadLetter letter =
        client
            .deadLetters()
            .listDeadLetters(
                ListDeadLettersRequest.newBuilder().setFilter("failure.code = GONE").build())
            .getDeadLetters(0);
    var replay = ReplayDeadLetterRequest.newBuilder().setName(letter.getName()).build();
    refused(gone, () -> client.deadLetters().replayDeadLetter(replay));
  }

  private static CreateResourceRequest.Builder creation(String id) {
    return CreateResourceRequest.newBuilder()
        .setResourceId(id)
        .setResource(Resource.newBuilder().setCapacity(2));
  }

  private static UpdateResourceRequest.Builder update(Resource.Builder resource) {
    return UpdateResourceRequest.newBuilder()
        .setResource(resource)
        .setUpdateMask(FieldMask.newBuilder().addPaths("capacity"));
  }

  private static DeleteResourceRequest.Builder deletion(String name) {
    return DeleteResourceRequest.newBuilder().setName(name);
  }
}
