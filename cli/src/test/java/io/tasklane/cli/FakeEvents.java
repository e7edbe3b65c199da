package io.tasklane.cli;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventBatch;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.ListEventsRequest;
import io.tasklane.v1.ListEventsResponse;
import io.tasklane.v1.PublishEventsRequest;
import io.tasklane.v1.PublishEventsResponse;
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
  public void publishEvents(
      PublishEventsRequest request, StreamObserver<PublishEventsResponse> answer) {
    PublishEventsResponse.Builder revisions = PublishEventsResponse.newBuilder();
    request.getEventsList().forEach(event -> revisions.addRevisions(server.publish(event)));
    answer.onNext(revisions.build());
    answer.onCompleted();
  }

  @Override
  public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> answer) {
    int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    int end = Math.min(server.logEnd(), from + request.getPageSize());
    ListEventsResponse.Builder page =
        ListEventsResponse.newBuilder().setResumeToken(Integer.toString(end));
    page.addAllEvents(server.log(from, end));
    if (end < server.logEnd()) {
      page.setNextPageToken(Integer.toString(end));
    }
    answer.onNext(page.build());
    answer.onCompleted();
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
