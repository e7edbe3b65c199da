package io.tasklane.grpc.event;

import io.tasklane.api.EventCursor;
import io.tasklane.event.EventService;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import io.tasklane.grpc.call.ReadMask;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Deadline;
import io.tasklane.grpc.stream.Heartbeat;
import io.tasklane.grpc.stream.MessageSource;
import io.tasklane.v1.Bookmark;
import io.tasklane.v1.Event;
import io.tasklane.v1.EventBatch;
import io.tasklane.v1.SubscribeEventsResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The messages of SubscribeEvents: a bookmark with the position it begins at, then the events that
 * match in the order of the log, and a bookmark where nothing was sent for a while. At the end of
 * its life it sends a last bookmark, from which the client goes on in a new stream.
 */
final class EventSource implements MessageSource<SubscribeEventsResponse> {
  private static final int BATCH = 256;

  private final EventService events;
  private final Optional<ResumeToken> from;
  private final Predicate<LogEvent> filter;
  private final ReadMask<Event> mask;
  private final Alarm alarm;
  private final Duration lifetime;
  private EventCursor cursor;
  private Deadline end;
  private Heartbeat heartbeat;
  private boolean begun;
  private boolean done;

  /** From this position, or from now where it is empty. */
  EventSource(
      EventService events,
      Optional<ResumeToken> from,
      Predicate<LogEvent> filter,
      ReadMask<Event> mask,
      Alarm alarm,
      Duration lifetime) {
    this.events = events;
    this.from = from;
    this.filter = filter;
    this.mask = mask;
    this.alarm = alarm;
    this.lifetime = lifetime;
  }

  @Override
  public void open(Runnable wake) {
    end = new Deadline(alarm, lifetime, wake);
    heartbeat = new Heartbeat(alarm, wake);
    cursor = events.open(from.orElseGet(events::now), filter, wake);
  }

  @Override
  public Optional<SubscribeEventsResponse> next() {
    if (done) {
      return Optional.empty();
    }
    if (end.isOver()) {
      done = true;
      return Optional.of(bookmark());
    }
    if (!begun) {
      begun = true;
      return Optional.of(bookmark());
    }
    List<LogEvent> found = cursor.poll(BATCH);
    if (!found.isEmpty()) {
      return Optional.of(batch(found));
    }
    return heartbeat.isDue() ? Optional.of(bookmark()) : Optional.empty();
  }

  @Override
  public boolean isDone() {
    return done;
  }

  @Override
  public void close() {
    end.cancel();
    heartbeat.end();
    if (cursor != null) {
      cursor.close();
    }
  }

  private SubscribeEventsResponse batch(List<LogEvent> found) {
    EventBatch.Builder batch = EventBatch.newBuilder();
    found.stream().map(EventMapping::toWire).map(mask::of).forEach(batch::addEvents);
    return message().setBatch(batch).build();
  }

  private SubscribeEventsResponse bookmark() {
    long revision = cursor.position().sequence();
    // A position after whole transactions, where the log was opened, is at no event.
    boolean atAnEvent = revision != Long.MAX_VALUE;
    return message()
        .setBookmark(Bookmark.newBuilder().setRevision(atAnEvent ? revision : 0))
        .build();
  }

  /** The cursor is at the position after everything that was sent. */
  private SubscribeEventsResponse.Builder message() {
    heartbeat.sent();
    return SubscribeEventsResponse.newBuilder().setResumeToken(cursor.position().encode());
  }
}
