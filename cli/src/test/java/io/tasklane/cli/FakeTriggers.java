package io.tasklane.cli;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.CreateTriggerRequest;
import io.tasklane.v1.CreateTriggerResponse;
import io.tasklane.v1.DeleteTriggerRequest;
import io.tasklane.v1.DeleteTriggerResponse;
import io.tasklane.v1.Failure;
import io.tasklane.v1.GetTriggerRequest;
import io.tasklane.v1.GetTriggerResponse;
import io.tasklane.v1.ListTriggersRequest;
import io.tasklane.v1.ListTriggersResponse;
import io.tasklane.v1.Trigger;
import io.tasklane.v1.TriggerServiceGrpc;
import io.tasklane.v1.UpdateTriggerRequest;
import io.tasklane.v1.UpdateTriggerResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A trigger service that remembers what it was asked. */
public final class FakeTriggers extends TriggerServiceGrpc.TriggerServiceImplBase {
  private static final Trigger NEWS =
      Trigger.newBuilder()
          .setName("triggers/news")
          .setEventType("market.news")
          .setTemplate("workflowTemplates/analysis")
          .setLastFault(Failure.newBuilder().setMessage("event 7: condition: line 1"))
          .build();

  /** All requests, in their order. */
  public final List<Message> asked = new CopyOnWriteArrayList<>();

  private <M> void answer(Message request, StreamObserver<M> out, M answer) {
    asked.add(request);
    out.onNext(answer);
    out.onCompleted();
  }

  @Override
  public void createTrigger(
      CreateTriggerRequest request, StreamObserver<CreateTriggerResponse> out) {
    answer(request, out, CreateTriggerResponse.newBuilder().setTrigger(NEWS).build());
  }

  @Override
  public void getTrigger(GetTriggerRequest request, StreamObserver<GetTriggerResponse> out) {
    answer(request, out, GetTriggerResponse.newBuilder().setTrigger(NEWS).build());
  }

  @Override
  public void listTriggers(ListTriggersRequest request, StreamObserver<ListTriggersResponse> out) {
    answer(request, out, ListTriggersResponse.newBuilder().addTriggers(NEWS).build());
  }

  @Override
  public void updateTrigger(
      UpdateTriggerRequest request, StreamObserver<UpdateTriggerResponse> out) {
    answer(request, out, UpdateTriggerResponse.newBuilder().setTrigger(NEWS).build());
  }

  @Override
  public void deleteTrigger(
      DeleteTriggerRequest request, StreamObserver<DeleteTriggerResponse> out) {
    answer(request, out, DeleteTriggerResponse.getDefaultInstance());
  }
}
