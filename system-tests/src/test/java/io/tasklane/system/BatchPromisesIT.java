package io.tasklane.system;

import static io.tasklane.system.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.BatchOperation;
import io.tasklane.v1.BatchOperation.Kind;
import io.tasklane.v1.BatchRefusal;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.GetBatchOperationRequest;
import io.tasklane.v1.ListBatchOperationsRequest;
import io.tasklane.v1.ListBatchRefusalsRequest;
import io.tasklane.v1.StartBatchOperationRequest;
import io.tasklane.v1.StopBatchOperationRequest;
import io.tasklane.v1.Task;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each refusal of the calls about batch operations, and two of them over the whole system. */
@ExtendWith(SharedServer.class)
class BatchPromisesIT {
  private static final String BAD = "INVALID_ARGUMENT INVALID_FIELD";
  private static final String REUSED = "INVALID_ARGUMENT REQUEST_ID_REUSED";
  private static final String TOKEN = "INVALID_ARGUMENT PAGE_TOKEN";
  private static final String MISSING = "NOT_FOUND BATCH_OPERATION_NOT_FOUND";
  private static final String NOWHERE = "batchOperations/nowhere";
  private static final String NOTHING = "labels.batch = nobody-has-this";
  private static final int TARGETS = 30;

  private static StartBatchOperationRequest.Builder start(Kind kind, String filter, int expected) {
    return StartBatchOperationRequest.newBuilder()
        .setBatchOperation(BatchOperation.newBuilder().setKind(kind).setFilter(filter))
        .setExpectedCount(expected);
  }

  @Test
  void of_looking_at_batch_operations(Client client) {
    for (String[] wrong : new String[][] {{"x", BAD}, {NOWHERE, MISSING}}) {
      var get = GetBatchOperationRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.batches().getBatchOperation(get));
      var refusals = ListBatchRefusalsRequest.newBuilder().setName(wrong[0]).build();
      refused(wrong[1], () -> client.batches().listBatchRefusals(refusals));
    }
    var size = ListBatchOperationsRequest.newBuilder().setPageSize(501).build();
    refused(BAD, () -> client.batches().listBatchOperations(size));
    var token = ListBatchOperationsRequest.newBuilder().setPageToken("x").build();
    refused(TOKEN, () -> client.batches().listBatchOperations(token));
    var page = ListBatchRefusalsRequest.newBuilder().setName(NOWHERE).setPageToken("x").build();
    refused(TOKEN, () -> client.batches().listBatchRefusals(page));
  }

  @Test
  void of_starting_and_stopping(Client client) {
    String id = UUID.randomUUID().toString();
    var first = start(Kind.KIND_CANCEL_TASKS, NOTHING, 0).setRequestId(id);
    BatchOperation ended = client.batches().startBatchOperation(first.build()).getBatchOperation();
    assertThat(ended.getState()).isEqualTo(BatchOperation.State.STATE_SUCCEEDED);
    refused(REUSED, () -> client.batches().startBatchOperation(first.setReason("other").build()));
    var none = start(Kind.KIND_UNSPECIFIED, NOTHING, 0).build();
    refused(BAD, () -> client.batches().startBatchOperation(none));
    var filter = start(Kind.KIND_REPLAY_DEAD_LETTERS, NOTHING, 0).build();
    refused("INVALID_ARGUMENT FILTER", () -> client.batches().startBatchOperation(filter));
    var other = start(Kind.KIND_CANCEL_WORKFLOWS, NOTHING, 1).build();
    refused(
        "FAILED_PRECONDITION BATCH_COUNT_DIFFERS",
        () -> client.batches().startBatchOperation(other));

    var stop = StopBatchOperationRequest.newBuilder();
    refused(BAD, () -> client.batches().stopBatchOperation(stop.setName("x").build()));
    refused(MISSING, () -> client.batches().stopBatchOperation(stop.setName(NOWHERE).build()));
    refused(
        "FAILED_PRECONDITION BATCH_OPERATION_ENDED",
        () -> client.batches().stopBatchOperation(stop.setName(ended.getName()).build()));
    BatchOperation slow = slow(client);
    stop.setName(slow.getName()).setRequestId(id);
    assertThat(client.batches().stopBatchOperation(stop.build()).getBatchOperation().getState())
        .isEqualTo(BatchOperation.State.STATE_STOPPED);
    refused(REUSED, () -> client.batches().stopBatchOperation(stop.setReason("w").build()));
  }

  private static BatchOperation slow(Client client) {
    String label = tasks(client);
    var request = start(Kind.KIND_SET_PRIORITY, label, TARGETS);
    request.getBatchOperationBuilder().setPriority(9).setMaximumPerSecond(1);
    return client.batches().startBatchOperation(request.build()).getBatchOperation();
  }

  /** The filter of tasks that wait for a time that does not come. */
  private static String tasks(Client client) {
    String label = UUID.randomUUID().toString();
    Task.Builder task =
        Task.newBuilder()
            .setQueue(Client.DATA)
            .setTaskType("system.echo")
            .setRunAfterTime(Timestamps.fromMillis(4_000_000_000_000L))
            .putLabels("batch", label);
    for (int i = 0; i < TARGETS; i++) {
      client.tasks().createTask(CreateTaskRequest.newBuilder().setTask(task).build());
    }
    return "labels.batch = \"" + label + "\"";
  }

  @Test
  void what_a_filter_finds_is_cancelled_and_cannot_be_changed_then(Client client)
      throws InterruptedException {
    String filter = tasks(client);
    var count = start(Kind.KIND_CANCEL_TASKS, filter, 0).setValidateOnly(true).build();
    assertThat(client.batches().startBatchOperation(count).getBatchOperation().getMatchedCount())
        .isEqualTo(TARGETS);
    BatchOperation cancelled = end(client, start(Kind.KIND_CANCEL_TASKS, filter, TARGETS));
    assertThat(cancelled.getDoneCount()).isEqualTo(TARGETS);
    var change = start(Kind.KIND_SET_PRIORITY, filter + " AND state = CANCELLED", TARGETS);
    change.getBatchOperationBuilder().setPriority(9);
    BatchOperation refused = end(client, change);
    assertThat(refused.getRefusedCount()).isEqualTo(TARGETS);
    assertThat(
            client
                .batches()
                .listBatchRefusals(
                    ListBatchRefusalsRequest.newBuilder().setName(refused.getName()).build())
                .getRefusalsList())
        .hasSize(TARGETS)
        .extracting(BatchRefusal::getReason)
        .containsOnly("TASK_ENDED");
  }

  private static BatchOperation end(Client client, StartBatchOperationRequest.Builder request)
      throws InterruptedException {
    BatchOperation now = client.batches().startBatchOperation(request.build()).getBatchOperation();
    var get = GetBatchOperationRequest.newBuilder().setName(now.getName()).build();
    for (int look = 0; look < 600 && now.getState() == BatchOperation.State.STATE_RUNNING; look++) {
      Thread.sleep(100);
      now = client.batches().getBatchOperation(get).getBatchOperation();
    }
    assertThat(now.getState()).isEqualTo(BatchOperation.State.STATE_SUCCEEDED);
    return now;
  }
}
