package io.tasklane.grpc.batch;

import io.grpc.stub.StreamObserver;
import io.tasklane.api.ListPosition;
import io.tasklane.batch.BatchFilter;
import io.tasklane.batch.BatchOperation;
import io.tasklane.batch.BatchRefusal;
import io.tasklane.batch.BatchRequest;
import io.tasklane.batch.BatchService;
import io.tasklane.filter.FilterException;
import io.tasklane.grpc.call.CallInfo;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.PageLimit;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.call.PositionToken;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.v1.BatchOperationServiceGrpc;
import io.tasklane.v1.GetBatchOperationRequest;
import io.tasklane.v1.GetBatchOperationResponse;
import io.tasklane.v1.ListBatchOperationsRequest;
import io.tasklane.v1.ListBatchOperationsResponse;
import io.tasklane.v1.ListBatchRefusalsRequest;
import io.tasklane.v1.ListBatchRefusalsResponse;
import io.tasklane.v1.StartBatchOperationRequest;
import io.tasklane.v1.StartBatchOperationResponse;
import io.tasklane.v1.StopBatchOperationRequest;
import io.tasklane.v1.StopBatchOperationResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Serves BatchOperationService. */
public final class BatchOperationServiceEndpoint
    extends BatchOperationServiceGrpc.BatchOperationServiceImplBase {
  private final Calls calls;
  private final BatchService batches;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param batches starts, reads and stops batch operations
   */
  public BatchOperationServiceEndpoint(Calls calls, BatchService batches) {
    this.calls = calls;
    this.batches = batches;
  }

  @Override
  public void startBatchOperation(
      StartBatchOperationRequest request, StreamObserver<StartBatchOperationResponse> out) {
    calls.answerLater(request, out, this::start);
  }

  @Override
  public void getBatchOperation(
      GetBatchOperationRequest request, StreamObserver<GetBatchOperationResponse> out) {
    calls.answer(request, out, this::get);
  }

  @Override
  public void listBatchOperations(
      ListBatchOperationsRequest request, StreamObserver<ListBatchOperationsResponse> out) {
    calls.answer(request, out, this::list);
  }

  @Override
  public void stopBatchOperation(
      StopBatchOperationRequest request, StreamObserver<StopBatchOperationResponse> out) {
    calls.answerLater(request, out, this::stop);
  }

  @Override
  public void listBatchRefusals(
      ListBatchRefusalsRequest request, StreamObserver<ListBatchRefusalsResponse> out) {
    calls.answer(request, out, this::refusals);
  }

  private CompletionStage<StartBatchOperationResponse> start(StartBatchOperationRequest request) {
    Replay<BatchOperation, StartBatchOperationResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            started -> started(BatchMapping.toWire(started)),
            StartBatchOperationResponse.parser());
    BatchRequest wanted = BatchMapping.fromWire(request);
    requireReadable(wanted);
    if (request.getValidateOnly()) {
      return CompletableFuture.completedStage(
          started(BatchMapping.checked(wanted, batches.count(wanted))));
    }
    if (!request.hasExpectedCount()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "expected_count",
          "is required: the matched_count that validate_only answers");
    }
    return batches
        .start(wanted, request.getExpectedCount(), replay.change())
        .thenApply(replay::response);
  }

  private static StartBatchOperationResponse started(io.tasklane.v1.BatchOperation operation) {
    return StartBatchOperationResponse.newBuilder().setBatchOperation(operation).build();
  }

  private static void requireReadable(BatchRequest wanted) {
    try {
      BatchFilter.parse(wanted.kind(), wanted.filter());
    } catch (FilterException wrong) {
      throw InvalidRequest.field(Reason.FILTER, BatchMapping.PATH + "filter", wrong.getMessage());
    }
  }

  private GetBatchOperationResponse get(GetBatchOperationRequest request) {
    return GetBatchOperationResponse.newBuilder()
        .setBatchOperation(BatchMapping.toWire(batches.get(id(request.getName()))))
        .build();
  }

  private ListBatchOperationsResponse list(ListBatchOperationsRequest request) {
    PageToken token = new PageToken("batch operations", "");
    int size = PageSize.of(request.getPageSize());
    List<io.tasklane.v1.BatchOperation> found =
        batches.list(token.position(request.getPageToken()), size).stream()
            .map(BatchMapping::toWire)
            .toList();
    List<io.tasklane.v1.BatchOperation> page = PageLimit.fitting(found);
    ListBatchOperationsResponse.Builder response =
        ListBatchOperationsResponse.newBuilder().addAllBatchOperations(page);
    if (!page.isEmpty() && (page.size() < found.size() || page.size() == size)) {
      response.setNextPageToken(token.after(id(page.get(page.size() - 1).getName())));
    }
    return response.build();
  }

  private CompletionStage<StopBatchOperationResponse> stop(StopBatchOperationRequest request) {
    Replay<BatchOperation, StopBatchOperationResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            stopped ->
                StopBatchOperationResponse.newBuilder()
                    .setBatchOperation(BatchMapping.toWire(stopped))
                    .build(),
            StopBatchOperationResponse.parser());
    return batches
        .stop(
            id(request.getName()),
            CallInfo.current().caller().actor(request.getReason()),
            replay.change())
        .thenApply(replay::response);
  }

  private ListBatchRefusalsResponse refusals(ListBatchRefusalsRequest request) {
    PageToken token = new PageToken("batch refusals", request.getName());
    int size = PageSize.of(request.getPageSize());
    long after = PositionToken.of(token, request.getPageToken()).map(ListPosition::key).orElse(-1L);
    List<BatchRefusal> found = batches.refusals(id(request.getName()), after, size);
    List<io.tasklane.v1.BatchRefusal> page =
        PageLimit.fitting(found.stream().map(BatchMapping::toWire).toList());
    ListBatchRefusalsResponse.Builder response =
        ListBatchRefusalsResponse.newBuilder().addAllRefusals(page);
    if (!page.isEmpty() && (page.size() < found.size() || page.size() == size)) {
      ListPosition last = new ListPosition(Optional.empty(), found.get(page.size() - 1).position());
      response.setNextPageToken(token.after(PositionToken.text(last)));
    }
    return response.build();
  }

  private static String id(String name) {
    return WireName.BATCH_OPERATION.id(name, "name");
  }
}
