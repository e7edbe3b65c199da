package io.tasklane.cli;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventBatch;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.util.List;

/** An event stream that breaks after every third message, and may have forgotten old tokens. */
final class FakeEvents extends EventServiceGrpc.EventServiceImplBase {
  private static final int MESSAGES_A_STREAM = 3;

  private final FakeServer server;

  FakeEvents(FakeServer server) {
    this.server = server;
  }

  @Override
  public void subscribeEvents(
      SubscribeEventsRequest request, StreamObserver<SubscribeEventsResponse> answer) {
    var stream = (ServerCallStreamObserver<SubscribeEventsResponse>) answer;
    String token = request.getResumeToken();
    int from = token.isEmpty() ? server.logEnd() : Integer.parseInt(token);
    try {
      for (int i = 0; i < MESSAGES_A_STREAM && !stream.isCancelled(); i++) {
        List<Event> events = server.await(from);
        List<Event> some = events.subList(0, Math.min(4, events.size()));
        from += some.size();
        stream.onNext(
            SubscribeEventsResponse.newBuilder()
                .setBatch(EventBatch.newBuilder().addAllEvents(some))
                .setResumeToken(Integer.toString(from))
                .build());
      }
      stream.onError(Status.UNAVAILABLE.withDescription("the stream was cut").asException());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
