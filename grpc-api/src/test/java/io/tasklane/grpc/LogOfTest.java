package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.EventCursor;
import io.tasklane.api.EventOrder;
import io.tasklane.api.EventPage;
import io.tasklane.api.EventQuery;
import io.tasklane.api.ExternalEvent;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.event.EventService;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** An event service for tests: its log is a list, and wake-ups come on the thread that appends. */
public final class LogOfTest extends EventService {
  public static final String GENERATION = "g1";

  private final List<LogEvent> log = new CopyOnWriteArrayList<>();
  private final List<Runnable> wakes = new CopyOnWriteArrayList<>();
  private final AtomicInteger polls = new AtomicInteger();

  /** What was published, and by which change. */
  public final List<ExternalEvent> published = new CopyOnWriteArrayList<>();

  public final List<Change<List<Long>>> changes = new CopyOnWriteArrayList<>();

  /** What listing and publishing end with, if not well. */
  public Optional<Refusal> refusal = Optional.empty();

  public void append(LogEvent... events) {
    log.addAll(List.of(events));
    wakes.forEach(Runnable::run);
  }

  /** How many cursors are open. */
  public int readers() {
    return wakes.size();
  }

  /** How often a cursor was asked. */
  public int polls() {
    return polls.get();
  }

  @Override
  public ResumeToken now() {
    return log.isEmpty()
        ? new ResumeToken(GENERATION, 1000, 0)
        : log.get(log.size() - 1).token(GENERATION);
  }

  @Override
  public EventCursor open(ResumeToken from, Predicate<LogEvent> filter, Runnable wake) {
    if (!from.generation().equals(GENERATION)) {
      throw Refusal.invalid(
          RefusalReason.TOKEN_UNKNOWN, "resume_token", "of another database cluster");
    }
    if (from.transaction() < 1000) {
      throw Refusal.compacted(from, new ResumeToken(GENERATION, 1000, 0));
    }
    // one object of its own for each reader, so that the same lambda may be registered twice
    Runnable registered = () -> wake.run();
    wakes.add(registered);
    return new Cursor(from, filter, registered);
  }

  @Override
  public EventPage list(EventQuery query) {
    refusal.ifPresent(
        why -> {
          throw why;
        });
    ResumeToken end = query.end().orElseGet(this::now);
    ResumeToken position = query.position().orElse(new ResumeToken(GENERATION, 1000, 0));
    if (query.order() == EventOrder.NEWEST_FIRST) {
      return newest(query, query.position().orElse(end), end);
    }
    List<LogEvent> found = new ArrayList<>();
    for (LogEvent event : log) {
      ResumeToken token = event.token(GENERATION);
      if (token.compareTo(position) > 0 && token.compareTo(end) <= 0) {
        if (found.size() == query.limit()) {
          return new EventPage(found, position, position, end, false);
        }
        position = token;
        if (query.filter().test(event)) {
          found.add(event);
        }
      }
    }
    return new EventPage(found, end, end, end, true);
  }

  private EventPage newest(EventQuery query, ResumeToken position, ResumeToken end) {
    List<LogEvent> all =
        log.stream()
            .filter(event -> event.token(GENERATION).compareTo(position) <= 0)
            .filter(query.filter())
            .sorted(Comparator.comparing((LogEvent e) -> e.token(GENERATION)).reversed())
            .toList();
    List<LogEvent> found = all.stream().limit(query.limit()).toList();
    if (found.size() == all.size()) {
      return new EventPage(found, new ResumeToken(GENERATION, 1000, 0), end, end, true);
    }
    return new EventPage(found, all.get(found.size()).token(GENERATION), end, end, false);
  }

  @Override
  public ResumeToken before(Instant time) {
    return log.stream()
        .takeWhile(event -> event.time().isBefore(time.minusSeconds(1)))
        .map(event -> event.token(GENERATION))
        .reduce(new ResumeToken(GENERATION, 1000, 0), (first, second) -> second);
  }

  @Override
  public CompletionStage<Answer<List<Long>>> publish(
      List<ExternalEvent> events, Change<List<Long>> change) {
    if (refusal.isPresent()) {
      return CompletableFuture.failedFuture(refusal.get());
    }
    published.addAll(events);
    changes.add(change);
    List<Long> revisions =
        LongStream.rangeClosed(1, events.size()).map(i -> 40 + i).boxed().toList();
    return CompletableFuture.completedFuture(new Answer.Fresh<>(revisions));
  }

  private final class Cursor implements EventCursor {
    private final Predicate<LogEvent> filter;
    private final Runnable wake;
    private ResumeToken position;

    Cursor(ResumeToken from, Predicate<LogEvent> filter, Runnable wake) {
      this.position = from;
      this.filter = filter;
      this.wake = wake;
    }

    @Override
    public List<LogEvent> poll(int limit) {
      polls.incrementAndGet();
      List<LogEvent> found = new ArrayList<>();
      for (LogEvent event : log) {
        ResumeToken token = event.token(GENERATION);
        if (token.compareTo(position) > 0 && found.size() < limit) {
          position = token;
          if (filter.test(event)) {
            found.add(event);
          }
        }
      }
      return found;
    }

    @Override
    public ResumeToken position() {
      return position;
    }

    @Override
    public void close() {
      wakes.remove(wake);
    }
  }
}
