package io.tasklane.grpc.event;

import io.tasklane.event.LogEvent;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.task.Payload;
import io.tasklane.v1.Actor;
import io.tasklane.v1.Event;

/** An event as the wire shows it. */
final class EventMapping {
  private EventMapping() {}

  static Event toWire(LogEvent event) {
    return Event.newBuilder()
        .setRevision(event.sequence())
        .setEventId(event.eventId())
        .setEventType(event.type())
        .setSubject(event.subject())
        .setData(PayloadMapping.toWire(Payload.json(event.data())))
        .setEventTime(WireTime.of(event.time()))
        .setActor(Actor.newBuilder().setPrincipal(event.actor()))
        .build();
  }
}
