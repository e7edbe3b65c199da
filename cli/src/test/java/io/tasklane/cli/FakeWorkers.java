package io.tasklane.cli;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.DrainWorkerRequest;
import io.tasklane.v1.DrainWorkerResponse;
import io.tasklane.v1.GetWorkerRequest;
import io.tasklane.v1.GetWorkerResponse;
import io.tasklane.v1.ListWorkersRequest;
import io.tasklane.v1.ListWorkersResponse;
import io.tasklane.v1.Worker;
import io.tasklane.v1.WorkerServiceGrpc;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A worker service that remembers what it was asked. */
public final class FakeWorkers extends WorkerServiceGrpc.WorkerServiceImplBase {
  private static final Worker ONE =
      Worker.newBuilder()
          .setName("workers/w1")
          .setHost("gpu-3")
          .setSlots(4)
          .setBusySlots(1)
          .setState(Worker.State.STATE_HEALTHY)
          .setCpuLoad(0.25)
          .setMemoryBytes(64L * 1024 * 1024)
          .addTaskTypes("news")
          .addRunningTasks("tasks/a")
          .build();

  /** All requests, in their order. */
  public final List<Message> asked = new CopyOnWriteArrayList<>();

  private <M> void answer(Message request, StreamObserver<M> out, M answer) {
    asked.add(request);
    out.onNext(answer);
    out.onCompleted();
  }

  @Override
  public void getWorker(GetWorkerRequest request, StreamObserver<GetWorkerResponse> out) {
    answer(request, out, GetWorkerResponse.newBuilder().setWorker(ONE).build());
  }

  @Override
  public void listWorkers(ListWorkersRequest request, StreamObserver<ListWorkersResponse> out) {
    answer(request, out, ListWorkersResponse.newBuilder().addWorkers(ONE).build());
  }

  @Override
  public void drainWorker(DrainWorkerRequest request, StreamObserver<DrainWorkerResponse> out) {
    Worker draining = ONE.toBuilder().setState(Worker.State.STATE_DRAINING).build();
    answer(request, out, DrainWorkerResponse.newBuilder().setWorker(draining).build());
  }
}
