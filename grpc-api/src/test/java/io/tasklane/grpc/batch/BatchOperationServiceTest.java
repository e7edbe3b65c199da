package io.tasklane.grpc.batch;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.v1.BatchOperation;
import io.tasklane.v1.BatchOperation.Kind;
import io.tasklane.v1.BatchOperationServiceGrpc;
import io.tasklane.v1.BatchRefusal;
import io.tasklane.v1.GetBatchOperationRequest;
import io.tasklane.v1.ListBatchOperationsRequest;
import io.tasklane.v1.ListBatchOperationsResponse;
import io.tasklane.v1.ListBatchRefusalsRequest;
import io.tasklane.v1.ListBatchRefusalsResponse;
import io.tasklane.v1.StartBatchOperationRequest;
import io.tasklane.v1.StopBatchOperationRequest;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batch operations over the wire. */
@Timeout(30)
class BatchOperationServiceTest {
  private ApiOfTest api;
  private BatchOperationServiceGrpc.BatchOperationServiceBlockingStub batches;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    batches =
        BatchOperationServiceGrpc.newBlockingStub(api.channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static StartBatchOperationRequest.Builder request(BatchOperation.Builder operation) {
    return StartBatchOperationRequest.newBuilder()
        .setBatchOperation(operation)
        .setReason("wrong feed");
  }

  private static BatchOperation.Builder cancel() {
    return BatchOperation.newBuilder().setKind(Kind.KIND_CANCEL_TASKS).setFilter("state = QUEUED");
  }

  private BatchOperation start(BatchOperation.Builder operation) {
    return batches
        .startBatchOperation(request(operation).setExpectedCount(10).build())
        .getBatchOperation();
  }

  private String fault(BatchOperation.Builder operation) {
    Throwable refused = catchThrowable(() -> start(operation));
    BadRequest fields = ApiOfTest.detail(refused, BadRequest.class).orElseThrow();
    return codeAndReason(refused)
        + " "
        + fields.getFieldViolations(0).getField()
        + ": "
        + fields.getFieldViolations(0).getDescription();
  }

  @Test
  void validate_only_says_how_many_match_and_starts_nothing() {
    BatchOperation checked =
        batches
            .startBatchOperation(request(cancel()).setValidateOnly(true).build())
            .getBatchOperation();
    assertThat(checked.getMatchedCount()).isEqualTo(10);
    assertThat(checked.getLeftCount()).isEqualTo(10);
    assertThat(checked.getMaximumPerSecond()).isEqualTo(200);
    assertThat(checked.getName()).isEmpty();
    assertThat(api.batches.known).isEmpty();
  }

  @Test
  void one_that_was_started_says_all_about_itself() {
    BatchOperation started = start(cancel().setForce(true).setMaximumPerSecond(7));
    assertThat(started.getName()).isEqualTo("batchOperations/b0");
    assertThat(started.getState()).isEqualTo(BatchOperation.State.STATE_RUNNING);
    assertThat(started.getFilter()).isEqualTo("state = QUEUED");
    assertThat(started.getKind()).isEqualTo(Kind.KIND_CANCEL_TASKS);
    assertThat(started.getForce()).isTrue();
    assertThat(started.getMaximumPerSecond()).isEqualTo(7);
    assertThat(started.getMatchedCount()).isEqualTo(10);
    assertThat(started.getDoneCount()).isEqualTo(5);
    assertThat(started.getRefusedCount()).isEqualTo(2);
    assertThat(started.getLeftCount()).isEqualTo(3);
    assertThat(started.getActor().getPrincipal()).isEqualTo("anonymous");
    assertThat(started.getActor().getReason()).isEqualTo("wrong feed");
    assertThat(started.hasEndTime()).isFalse();
    GetBatchOperationRequest get =
        GetBatchOperationRequest.newBuilder().setName(started.getName()).build();
    assertThat(batches.getBatchOperation(get).getBatchOperation()).isEqualTo(started);
  }

  @Test
  void another_number_than_expected_is_refused_with_both() {
    Throwable refused =
        catchThrowable(
            () -> batches.startBatchOperation(request(cancel()).setExpectedCount(9).build()));
    assertThat(codeAndReason(refused)).isEqualTo("FAILED_PRECONDITION BATCH_COUNT_DIFFERS");
    assertThat(refused).hasMessageContaining("10 match, but 9 are expected; nothing was done");
    assertThat(ApiOfTest.detail(refused, ErrorInfo.class).orElseThrow().getMetadataMap())
        .containsEntry("matched_count", "10");
  }

  @Test
  void the_expected_number_is_required() {
    Throwable refused =
        catchThrowable(() -> batches.startBatchOperation(request(cancel()).build()));
    assertThat(codeAndReason(refused)).isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    assertThat(refused).hasMessageContaining("expected_count");
  }

  @Test
  void each_field_that_is_wrong_is_named_with_what_is_allowed() {
    String invalid = "INVALID_ARGUMENT INVALID_FIELD batch_operation.";
    assertThat(fault(BatchOperation.newBuilder())).startsWith(invalid + "kind: ");
    assertThat(fault(cancel().setPriority(3)))
        .isEqualTo(
            invalid
                + "priority: with KIND_CANCEL_TASKS allowed is 1 to 10 for SET_PRIORITY, 0"
                + " otherwise");
    assertThat(fault(cancel().setKind(Kind.KIND_SET_PRIORITY))).startsWith(invalid + "priority: ");
    assertThat(fault(cancel().setKind(Kind.KIND_RETRY_TASKS).setForce(true)))
        .startsWith(invalid + "force: ");
    assertThat(fault(cancel().setIgnoreDependencies(true)))
        .startsWith(invalid + "ignore_dependencies: ");
    assertThat(fault(cancel().setMaximumPerSecond(1001)))
        .startsWith(invalid + "maximum_per_second: ");
    assertThat(fault(cancel().setFilter("stat = QUEUED")))
        .startsWith("INVALID_ARGUMENT FILTER batch_operation.filter: at position 1: ");
    assertThat(fault(cancel().setKind(Kind.KIND_REPLAY_DEAD_LETTERS)))
        .as("the filter of dead letters has no state")
        .startsWith("INVALID_ARGUMENT FILTER batch_operation.filter: ");
  }

  @Test
  void lists_are_read_page_by_page() {
    for (int i = 0; i < 3; i++) {
      start(cancel());
      api.batches.refusals.add(
          new io.tasklane.batch.BatchRefusal(i, "tasks/t" + i, "TASK_ENDED", "has ended"));
    }
    ListBatchOperationsResponse first =
        batches.listBatchOperations(ListBatchOperationsRequest.newBuilder().setPageSize(2).build());
    assertThat(first.getBatchOperationsList())
        .extracting(BatchOperation::getName)
        .containsExactly("batchOperations/b2", "batchOperations/b1");
    assertThat(
            batches
                .listBatchOperations(
                    ListBatchOperationsRequest.newBuilder()
                        .setPageToken(first.getNextPageToken())
                        .build())
                .getBatchOperationsList())
        .extracting(BatchOperation::getName)
        .containsExactly("batchOperations/b0");
    ListBatchRefusalsRequest.Builder refusals =
        ListBatchRefusalsRequest.newBuilder().setName("batchOperations/b0").setPageSize(2);
    ListBatchRefusalsResponse page = batches.listBatchRefusals(refusals.build());
    assertThat(page.getRefusalsList())
        .extracting(BatchRefusal::getTarget)
        .containsExactly("tasks/t0", "tasks/t1");
    page = batches.listBatchRefusals(refusals.setPageToken(page.getNextPageToken()).build());
    assertThat(page.getRefusalsList())
        .extracting(BatchRefusal::getTarget)
        .containsExactly("tasks/t2");
    assertThat(page.getNextPageToken()).isEmpty();
    refusals.setPageToken(first.getNextPageToken());
    assertThat(codeAndReason(catchThrowable(() -> batches.listBatchRefusals(refusals.build()))))
        .isEqualTo("INVALID_ARGUMENT PAGE_TOKEN");
  }

  @Test
  void one_is_stopped_with_who_and_why() {
    String name = start(cancel()).getName();
    StopBatchOperationRequest.Builder request =
        StopBatchOperationRequest.newBuilder().setName(name).setReason("enough");
    BatchOperation stopped = batches.stopBatchOperation(request.build()).getBatchOperation();
    assertThat(stopped.getState()).isEqualTo(BatchOperation.State.STATE_STOPPED);
    assertThat(stopped.getStopActor().getReason()).isEqualTo("enough");
    assertThat(stopped.hasEndTime()).isTrue();
    request.setName("batchOperations/none");
    assertThat(codeAndReason(catchThrowable(() -> batches.stopBatchOperation(request.build()))))
        .isEqualTo("NOT_FOUND BATCH_OPERATION_NOT_FOUND");
  }
}
