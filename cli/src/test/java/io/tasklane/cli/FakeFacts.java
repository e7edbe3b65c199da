package io.tasklane.cli;

import com.google.protobuf.Message;
import com.google.protobuf.util.Values;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.DeleteFactRequest;
import io.tasklane.v1.DeleteFactResponse;
import io.tasklane.v1.Fact;
import io.tasklane.v1.FactServiceGrpc;
import io.tasklane.v1.GetFactRequest;
import io.tasklane.v1.GetFactResponse;
import io.tasklane.v1.ListFactsRequest;
import io.tasklane.v1.ListFactsResponse;
import io.tasklane.v1.SetFactRequest;
import io.tasklane.v1.SetFactResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fact service that remembers what it was asked. */
public final class FakeFacts extends FactServiceGrpc.FactServiceImplBase {
  private static final Fact SYNCED =
      Fact.newBuilder().setName("facts/portfolio_synced").setValue(Values.of(true)).build();

  /** All requests, in their order. */
  public final List<Message> asked = new CopyOnWriteArrayList<>();

  private <M> void answer(Message request, StreamObserver<M> out, M answer) {
    asked.add(request);
    out.onNext(answer);
    out.onCompleted();
  }

  @Override
  public void setFact(SetFactRequest request, StreamObserver<SetFactResponse> out) {
    answer(request, out, SetFactResponse.newBuilder().setFact(request.getFact()).build());
  }

  @Override
  public void getFact(GetFactRequest request, StreamObserver<GetFactResponse> out) {
    answer(request, out, GetFactResponse.newBuilder().setFact(SYNCED).build());
  }

  @Override
  public void listFacts(ListFactsRequest request, StreamObserver<ListFactsResponse> out) {
    answer(request, out, ListFactsResponse.newBuilder().addFacts(SYNCED).build());
  }

  @Override
  public void deleteFact(DeleteFactRequest request, StreamObserver<DeleteFactResponse> out) {
    answer(request, out, DeleteFactResponse.getDefaultInstance());
  }
}
