package io.tasklane.grpc.event;

import io.grpc.stub.StreamObserver;
import io.tasklane.event.EventService;
import io.tasklane.event.ResumeToken;
import io.tasklane.filter.EventFilter;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.ListFilter;
import io.tasklane.grpc.call.ReadMask;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Lifetime;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventServiceGrpc;
import io.tasklane.v1.ListEventsRequest;
import io.tasklane.v1.ListEventsResponse;
import io.tasklane.v1.PublishEventsRequest;
import io.tasklane.v1.PublishEventsResponse;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Serves EventService; what it does not override answers UNIMPLEMENTED. */
public final class EventServiceEndpoint extends EventServiceGrpc.EventServiceImplBase {
  private final Calls calls;
  private final EventService events;
  private final EventPublishing publishing;
  private final EventLists lists;
  private final Alarm alarm;
  private final RandomGenerator random;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param events reads and publishes events
   * @param alarm calls back after a delay
   * @param random draws how long streams live
   */
  public EventServiceEndpoint(
      Calls calls, EventService events, Alarm alarm, RandomGenerator random) {
    this.calls = calls;
    this.events = events;
    this.publishing = new EventPublishing(events);
    this.lists = new EventLists(events);
    this.alarm = alarm;
    this.random = random;
  }

  @Override
  public void publishEvents(
      PublishEventsRequest request, StreamObserver<PublishEventsResponse> out) {
    calls.answerLater(request, out, publishing::publish);
  }

  @Override
  public void listEvents(ListEventsRequest request, StreamObserver<ListEventsResponse> out) {
    calls.answer(request, out, lists::list);
  }

  @Override
  public void subscribeEvents(
      SubscribeEventsRequest request, StreamObserver<SubscribeEventsResponse> out) {
    calls.stream(request, out, this::source);
  }

  private MessageSource<SubscribeEventsResponse> source(SubscribeEventsRequest request) {
    EventFilter filter = ListFilter.read(request.getFilter(), EventFilter::parse);
    Optional<Instant> start = start(request);
    return new EventSource(
        events,
        start.map(events::before).or(() -> position(request.getResumeToken())),
        filter.and(event -> start.filter(event.time()::isBefore).isEmpty()),
        ReadMask.of(request.getReadMask(), Event.getDefaultInstance()),
        alarm,
        Lifetime.draw(random));
  }

  private static Optional<Instant> start(SubscribeEventsRequest request) {
    if (!request.hasStartTime()) {
      return Optional.empty();
    }
    if (!request.getResumeToken().isEmpty()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "start_time",
          "is not allowed together with resume_token, which says where to begin");
    }
    return Optional.of(WireTime.of(request.getStartTime(), "start_time"));
  }

  private static Optional<ResumeToken> position(String token) {
    try {
      return token.isEmpty() ? Optional.empty() : Optional.of(ResumeToken.decode(token));
    } catch (IllegalArgumentException notOurs) {
      throw InvalidRequest.field(Reason.RESUME_TOKEN, "resume_token", notOurs.getMessage());
    }
  }
}
