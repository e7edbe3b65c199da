package io.tasklane.cli;

import com.google.protobuf.Message;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An event stream that breaks after every third message, and may have forgotten old tokens. */
final class FakeEvents extends EventServiceGrpc.EventServiceImplBase {
  private static final int MESSAGES_A_STREAM = 3;

  /** What was asked, in order. */
  final List<Message> asked = new CopyOnWriteArrayList<>();

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
    asked.add(request);
    List<Event> log = new ArrayList<>(server.log(0, server.logEnd()));
    if (request.getOrderBy().equals("event_time desc")) {
      Collections.reverse(log);
    }
    int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    int end = Math.min(log.size(), from + request.getPageSize());
    ListEventsResponse.Builder page =
        ListEventsResponse.newBuilder().setResumeToken(Integer.toString(server.logEnd()));
    page.addAllEvents(log.subList(from, end));
    if (end < log.size()) {
      page.setNextPageToken(Integer.toString(end));
    }
    answer.onNext(page.build());
    answer.onCompleted();
  }

  @Override
  public void subscribeEvents(
      SubscribeEventsRequest request, StreamObserver<SubscribeEventsResponse> answer) {
    asked.add(request);
    var stream = (ServerCallStreamObserver<SubscribeEventsResponse>) answer;
    String token = request.getResumeToken();
    int present = request.hasStartTime() ? 0 : server.logEnd();
    int from = token.isEmpty() ? present : Integer.parseInt(token);
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
