package io.tasklane.grpc.trigger;

import io.grpc.stub.StreamObserver;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.trigger.StoredTrigger;
import io.tasklane.trigger.TriggerService;
import io.tasklane.v1.CreateTriggerRequest;
import io.tasklane.v1.CreateTriggerResponse;
import io.tasklane.v1.DeleteTriggerRequest;
import io.tasklane.v1.DeleteTriggerResponse;
import io.tasklane.v1.GetTriggerRequest;
import io.tasklane.v1.GetTriggerResponse;
import io.tasklane.v1.ListTriggersRequest;
import io.tasklane.v1.ListTriggersResponse;
import io.tasklane.v1.TriggerServiceGrpc;
import io.tasklane.v1.UpdateTriggerRequest;
import io.tasklane.v1.UpdateTriggerResponse;
import java.util.List;

/** Serves TriggerService. */
public final class TriggerServiceEndpoint extends TriggerServiceGrpc.TriggerServiceImplBase {
  private final Calls calls;
  private final TriggerService triggers;
  private final TriggerChanges changes;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param triggers reads and changes triggers
   */
  public TriggerServiceEndpoint(Calls calls, TriggerService triggers) {
    this.calls = calls;
    this.triggers = triggers;
    this.changes = new TriggerChanges(triggers);
  }

  @Override
  public void createTrigger(
      CreateTriggerRequest request, StreamObserver<CreateTriggerResponse> out) {
    calls.answerLater(request, out, changes::create);
  }

  @Override
  public void getTrigger(GetTriggerRequest request, StreamObserver<GetTriggerResponse> out) {
    calls.answer(request, out, this::get);
  }

  @Override
  public void listTriggers(ListTriggersRequest request, StreamObserver<ListTriggersResponse> out) {
    calls.answer(request, out, this::list);
  }

  @Override
  public void updateTrigger(
      UpdateTriggerRequest request, StreamObserver<UpdateTriggerResponse> out) {
    calls.answerLater(request, out, changes::update);
  }

  @Override
  public void deleteTrigger(
      DeleteTriggerRequest request, StreamObserver<DeleteTriggerResponse> out) {
    calls.answerLater(request, out, changes::delete);
  }

  private GetTriggerResponse get(GetTriggerRequest request) {
    StoredTrigger trigger = triggers.get(WireName.TRIGGER.id(request.getName(), "name"));
    return GetTriggerResponse.newBuilder().setTrigger(TriggerMapping.toWire(trigger)).build();
  }

  private ListTriggersResponse list(ListTriggersRequest request) {
    PageToken token = new PageToken("triggers", "");
    int size = PageSize.of(request.getPageSize());
    List<StoredTrigger> found =
        triggers.list(token.position(request.getPageToken()).orElse(""), size);
    ListTriggersResponse.Builder page = ListTriggersResponse.newBuilder();
    found.stream().map(TriggerMapping::toWire).forEach(page::addTriggers);
    if (found.size() == size) {
      page.setNextPageToken(token.after(found.get(size - 1).trigger().name()));
    }
    return page.build();
  }
}
