package io.tasklane.cli;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.Actor;
import io.tasklane.v1.BatchOperation;
import io.tasklane.v1.BatchOperationServiceGrpc;
import io.tasklane.v1.BatchRefusal;
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
import java.util.concurrent.CopyOnWriteArrayList;

/** A batch service that remembers what it was asked; whatever it has started has ended. */
public final class FakeBatches extends BatchOperationServiceGrpc.BatchOperationServiceImplBase {
  /** All requests, in their order. */
  public final List<Message> asked = new CopyOnWriteArrayList<>();

  /** Targets that are refused. */
  public int refused;

  private <M> void answer(Message request, StreamObserver<M> out, M answer) {
    asked.add(request);
    out.onNext(answer);
    out.onCompleted();
  }

  private BatchOperation.Builder operation(BatchOperation.State state) {
    return BatchOperation.newBuilder()
        .setName("batchOperations/b")
        .setKind(BatchOperation.Kind.KIND_CANCEL_TASKS)
        .setState(state)
        .setMatchedCount(10)
        .setDoneCount(10 - refused)
        .setRefusedCount(refused)
        .setActor(Actor.newBuilder().setPrincipal("anonymous").setReason("wrong feed"));
  }

  @Override
  public void startBatchOperation(
      StartBatchOperationRequest request, StreamObserver<StartBatchOperationResponse> out) {
    answer(
        request,
        out,
        StartBatchOperationResponse.newBuilder()
            .setBatchOperation(operation(BatchOperation.State.STATE_RUNNING))
            .build());
  }

  @Override
  public void getBatchOperation(
      GetBatchOperationRequest request, StreamObserver<GetBatchOperationResponse> out) {
    answer(
        request,
        out,
        GetBatchOperationResponse.newBuilder()
            .setBatchOperation(operation(BatchOperation.State.STATE_SUCCEEDED))
            .build());
  }

  @Override
  public void listBatchOperations(
      ListBatchOperationsRequest request, StreamObserver<ListBatchOperationsResponse> out) {
    answer(
        request,
        out,
        ListBatchOperationsResponse.newBuilder()
            .addBatchOperations(operation(BatchOperation.State.STATE_RUNNING))
            .build());
  }

  @Override
  public void stopBatchOperation(
      StopBatchOperationRequest request, StreamObserver<StopBatchOperationResponse> out) {
    answer(
        request,
        out,
        StopBatchOperationResponse.newBuilder()
            .setBatchOperation(operation(BatchOperation.State.STATE_STOPPED))
            .build());
  }

  @Override
  public void listBatchRefusals(
      ListBatchRefusalsRequest request, StreamObserver<ListBatchRefusalsResponse> out) {
    answer(
        request,
        out,
        ListBatchRefusalsResponse.newBuilder()
            .addRefusals(
                BatchRefusal.newBuilder()
                    .setTarget("tasks/t7")
                    .setReason("TASK_ENDED")
                    .setMessage("tasks/t7 is SUCCEEDED"))
            .build());
  }
}
