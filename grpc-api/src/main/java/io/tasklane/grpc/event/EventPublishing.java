package io.tasklane.grpc.event;

import io.tasklane.api.ExternalEvent;
import io.tasklane.event.EventService;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.task.Publication;
import io.tasklane.v1.Event;
import io.tasklane.v1.PublishEventsRequest;
import io.tasklane.v1.PublishEventsResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Publishes events of external producers. */
final class EventPublishing {
  private final EventService events;

  EventPublishing(EventService events) {
    this.events = events;
  }

  CompletionStage<PublishEventsResponse> publish(PublishEventsRequest request) {
    List<ExternalEvent> wanted = new ArrayList<>(request.getEventsCount());
    for (int i = 0; i < request.getEventsCount(); i++) {
      wanted.add(read(request.getEvents(i), "events[" + i + "]."));
    }
    Replay<List<Long>, PublishEventsResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            revisions -> PublishEventsResponse.newBuilder().addAllRevisions(revisions).build(),
            PublishEventsResponse.parser());
    return events.publish(wanted, replay.change()).thenApply(replay::response);
  }

  private ExternalEvent read(Event event, String path) {
    Optional<ExternalEvent> legacy = legacy(event, path);
    return legacy.isPresent() ? legacy.get() : readOurs(event, path);
  }

  private Optional<ExternalEvent> legacy(Event event, String path) {
    try {
      return events.translated(
          event.getEventType(),
          event.getSubject(),
          event.getEventId(),
          PayloadMapping.fromWire(event.getData()));
    } catch (IllegalArgumentException wrong) {
      throw InvalidRequest.field(Reason.INVALID_FIELD, path + "data", wrong.getMessage());
    }
  }

  private static ExternalEvent readOurs(Event event, String path) {
    if (event.getSubject().isEmpty()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          path + "subject",
          "is required; of an event of an old type it is not");
    }
    if (!Publication.TYPE.matcher(event.getEventType()).matches()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          path + "event_type",
          "\""
              + event.getEventType()
              + "\" is not allowed: two or more lower-case words joined by dots, or an old type");
    }
    if (Publication.isReserved(event.getEventType())) {
      throw InvalidRequest.field(
          Reason.EVENT_TYPE_RESERVED,
          path + "event_type",
          "\""
              + event.getEventType()
              + "\" is not allowed: Tasklane alone publishes events whose type begins so");
    }
    try {
      Publication publication =
          new Publication(
              event.getEventType(), event.getSubject(), PayloadMapping.fromWire(event.getData()));
      Optional<String> id = Optional.of(event.getEventId()).filter(text -> !text.isEmpty());
      return new ExternalEvent(publication, id);
    } catch (IllegalArgumentException wrong) {
      // the rules of the contract hold, so it is the data's content type that is wrong
      throw InvalidRequest.field(Reason.INVALID_FIELD, path + "data", wrong.getMessage());
    }
  }
}
