package io.tasklane.grpc.fact;

import io.grpc.stub.StreamObserver;
import io.tasklane.api.StoredFact;
import io.tasklane.fact.FactService;
import io.tasklane.grpc.call.CallInfo;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.PageSize;
import io.tasklane.grpc.call.PageToken;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.v1.DeleteFactRequest;
import io.tasklane.v1.DeleteFactResponse;
import io.tasklane.v1.FactServiceGrpc;
import io.tasklane.v1.GetFactRequest;
import io.tasklane.v1.GetFactResponse;
import io.tasklane.v1.ListFactsRequest;
import io.tasklane.v1.ListFactsResponse;
import io.tasklane.v1.SetFactRequest;
import io.tasklane.v1.SetFactResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Serves FactService. */
public final class FactServiceEndpoint extends FactServiceGrpc.FactServiceImplBase {
  private final Calls calls;
  private final FactService facts;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param facts sets, finds and deletes facts
   */
  public FactServiceEndpoint(Calls calls, FactService facts) {
    this.calls = calls;
    this.facts = facts;
  }

  @Override
  public void setFact(SetFactRequest request, StreamObserver<SetFactResponse> out) {
    calls.answerLater(request, out, this::set);
  }

  @Override
  public void getFact(GetFactRequest request, StreamObserver<GetFactResponse> out) {
    calls.answer(request, out, this::get);
  }

  @Override
  public void listFacts(ListFactsRequest request, StreamObserver<ListFactsResponse> out) {
    calls.answer(request, out, this::list);
  }

  @Override
  public void deleteFact(DeleteFactRequest request, StreamObserver<DeleteFactResponse> out) {
    calls.answerLater(request, out, this::delete);
  }

  private CompletionStage<SetFactResponse> set(SetFactRequest request) {
    Replay<StoredFact, SetFactResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            set -> SetFactResponse.newBuilder().setFact(FactMapping.toWire(set)).build(),
            SetFactResponse.parser());
    return facts
        .set(
            FactMapping.fromWire(request.getFact()),
            CallInfo.current().caller().actor(request.getReason()),
            replay.change())
        .thenApply(replay::response);
  }

  private GetFactResponse get(GetFactRequest request) {
    StoredFact fact = facts.get(WireName.FACT.id(request.getName(), "name"));
    return GetFactResponse.newBuilder().setFact(FactMapping.toWire(fact)).build();
  }

  private ListFactsResponse list(ListFactsRequest request) {
    PageToken token = new PageToken("facts", "");
    int size = PageSize.of(request.getPageSize());
    List<StoredFact> found = facts.list(token.position(request.getPageToken()).orElse(""), size);
    ListFactsResponse.Builder page = ListFactsResponse.newBuilder();
    found.stream().map(FactMapping::toWire).forEach(page::addFacts);
    if (found.size() == size) {
      page.setNextPageToken(token.after(found.get(size - 1).fact().name()));
    }
    return page.build();
  }

  private CompletionStage<DeleteFactResponse> delete(DeleteFactRequest request) {
    Replay<StoredFact, DeleteFactResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            deleted -> DeleteFactResponse.getDefaultInstance(),
            DeleteFactResponse.parser());
    return facts
        .delete(
            WireName.FACT.id(request.getName(), "name"),
            CallInfo.current().caller().actor(""),
            replay.change())
        .thenApply(replay::response);
  }
}
