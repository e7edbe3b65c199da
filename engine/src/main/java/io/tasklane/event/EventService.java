package io.tasklane.event;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.EventCursor;
import io.tasklane.api.EventPage;
import io.tasklane.api.EventQuery;
import io.tasklane.api.ExternalEvent;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Reads the event log, live and from any position that is still kept, and publishes events. */
public class EventService {
  private final GroupCommitter committer;
  private final EventTail tail;
  private final EventPages pages;
  private final PublishEvents publishing = new PublishEvents();

  /** For subclasses, such as test doubles of the edges. */
  protected EventService() {
    this(null, null, null);
  }

  EventService(GroupCommitter committer, EventTail tail, EventPages pages) {
    this.committer = committer;
    this.tail = tail;
    this.pages = pages;
  }

  /** The position after the newest event that readers can see. */
  public ResumeToken now() {
    return tail.now();
  }

  /**
   * A position before every event of this time or later that is kept; events of up to half a minute
   * before it may come after the position too.
   */
  public ResumeToken before(Instant time) {
    return pages.before(time);
  }

  /**
   * Opens a reader after this position.
   *
   * @param from position; everything after it is read
   * @param filter which events the reader wants
   * @param wake called, from any thread, when something new may be there; must return at once
   * @throws Refusal INVALID_ARGUMENT: TOKEN_UNKNOWN for a position of another cluster;
   *     OUT_OF_RANGE: TOKEN_COMPACTED if events after it are no longer kept
   */
  public EventCursor open(ResumeToken from, Predicate<LogEvent> filter, Runnable wake) {
    return tail.open(from, filter, wake);
  }

  /**
   * A page of the log.
   *
   * @throws Refusal INVALID_ARGUMENT: TOKEN_UNKNOWN for a position of another cluster;
   *     OUT_OF_RANGE: TOKEN_COMPACTED if events after it are no longer kept
   */
  public EventPage list(EventQuery query) {
    query.position().ifPresent(at -> tail.requireOurs(at, "page_token"));
    return pages.read(query);
  }

  /**
   * Reads an event that is published as the systems before Tasklane do: with one of the types of
   * {@link LegacyEventType}, perhaps without a subject, and perhaps with an envelope as its data.
   *
   * @param subject empty takes it from the data
   * @param eventId empty takes that of the envelope
   * @return empty if it is none, or nothing in it has to be translated
   * @throws IllegalArgumentException if its data are no JSON object, or too large
   */
  public Optional<ExternalEvent> translated(
      String eventType, String subject, String eventId, Payload data) {
    return LegacyEvents.read(eventType, subject, eventId, data);
  }

  /**
   * Publishes events of an external producer, all or none; the stage completes when they are
   * durable.
   *
   * @param events 1 to {@link Publication#MOST_AT_ONCE}
   * @return the revision of each; for an id that this caller has used before, that of the first
   * @throws Refusal (in the stage) INVALID_ARGUMENT with the field, such as "events[3].data":
   *     INVALID_FIELD, REQUEST_ID_REUSED; UNAVAILABLE: DATABASE_UNAVAILABLE
   */
  public CompletionStage<Answer<List<Long>>> publish(
      List<ExternalEvent> events, Change<List<Long>> change) {
    for (int i = 0; i < events.size(); i++) {
      try {
        EventData.requireObject(events.get(i).publication().data());
      } catch (IllegalArgumentException notOne) {
        return CompletableFuture.failedFuture(
            Refusal.invalid(
                RefusalReason.INVALID_FIELD, "events[" + i + "].data", notOne.getMessage()));
      }
    }
    PublishEvents.Wanted wanted = new PublishEvents.Wanted(change.caller().principal(), events);
    return committer.submit(publishing, wanted, change);
  }
}
