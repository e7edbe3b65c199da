package io.tasklane.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.EventCursor;
import io.tasklane.api.EventOrder;
import io.tasklane.api.EventPage;
import io.tasklane.api.EventQuery;
import io.tasklane.api.Refusal;
import io.tasklane.fault.Faults;
import io.tasklane.filter.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who pages through the log, and then follows it, sees everything once. */
class EventPagesTest {
  private final LogBench log = new LogBench();
  private final EventPages pages = new EventPages(log.database, AllEvents.rows(key -> "Q"));
  private final EventTail tail =
      new EventTail(log.database, AllEvents.rows(key -> "Q"), Thread::new, Faults.here());

  @AfterEach
  void close() {
    tail.close();
  }

  @Test
  void a_list_to_its_end_and_a_subscription_from_there_see_each_event_once_while_writers_write() {
    tail.start();
    log.commit("before", 700);
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 60; i++) {
                  log.commit(name + i, 10);
                }
              }));
    }
    List<String> seen = new ArrayList<>();
    ResumeToken end = listAll(event -> true, 50, seen);
    assertThat(seen).hasSizeGreaterThanOrEqualTo(700);
    try (EventCursor cursor = tail.open(end, event -> true, () -> {})) {
      seen.addAll(LogBench.readAll(cursor, 700 + 1_800 - seen.size()));
    }
    writers.forEach(CompletableFuture::join);
    assertThat(seen).hasSize(2_500).doesNotHaveDuplicates();
    assertThat(inOrderByWriter(seen)).isTrue();
  }

  @Test
  void an_event_that_commits_late_is_left_to_the_subscription() throws Exception {
    tail.start();
    List<String> listed = new ArrayList<>();
    ResumeToken end;
    try (var late = log.transaction()) {
      LogBench.write(late, "late", 1, "0", 0);
      log.commit("early", 2);
      end = listAll(event -> true, 50, listed);
      late.commit();
    }
    assertThat(listed).isEmpty();
    assertThat(LogBench.readAll(tail.open(end, event -> true, () -> {}), 3))
        .containsExactly("late-1", "early-1", "early-2");
  }

  @Test
  void a_list_ends_at_the_moment_of_its_first_page() {
    log.commit("a", 5);
    EventPage first = page(Optional.empty(), Optional.empty(), event -> true, 3);
    log.commit("b", 5);
    EventPage second = page(Optional.of(first.position()), Optional.of(first.end()), e -> true, 9);
    assertThat(first.isLast()).isFalse();
    assertThat(second.events()).extracting(LogEvent::subject).containsExactly("a-4", "a-5");
    assertThat(second.isLast()).isTrue();
  }

  @Test
  void a_page_reads_on_where_few_fit_and_gives_up_in_time() {
    log.commit("a", 30_000);
    EventPage first = page(Optional.empty(), Optional.empty(), e -> e.subject().equals("x"), 10);
    assertThat(first.events()).isEmpty();
    assertThat(first.isLast()).as("after so many it lets the client ask on").isFalse();
    List<String> found = new ArrayList<>();
    listAll(event -> event.subject().endsWith("-29999"), 10, found);
    assertThat(found).containsExactly("a-29999");
  }

  @Test
  void large_data_make_small_pages_and_small_messages() {
    tail.start();
    ResumeToken begin = tail.now();
    log.commit("large", 60, "0", 256 * 1024);
    EventPage first = page(Optional.empty(), Optional.empty(), event -> true, 500);
    assertThat(first.events()).hasSize(4);
    List<String> listed = new ArrayList<>();
    listAll(event -> true, 500, listed);
    assertThat(listed).hasSize(60).doesNotHaveDuplicates();
    try (EventCursor cursor = tail.open(begin, event -> true, () -> {})) {
      List<String> followed = new ArrayList<>();
      while (followed.size() < 60) {
        List<LogEvent> some = cursor.poll(500);
        assertThat(some).hasSizeLessThanOrEqualTo(4);
        some.forEach(event -> followed.add(event.subject()));
      }
      assertThat(followed).isEqualTo(listed);
    }
  }

  @Test
  void newest_first_is_the_reverse_of_the_log_and_ends_with_the_present_of_its_first_page() {
    log.commit("a", 700);
    List<String> forwards = new ArrayList<>();
    ResumeToken end = listAll(event -> true, 50, forwards);
    List<String> backwards = new ArrayList<>();
    EventPage page = newest(Optional.empty());
    log.commit("late", 5);
    page.events().forEach(event -> backwards.add(event.subject()));
    while (!page.isLast()) {
      page = newest(Optional.of(page));
      page.events().forEach(event -> backwards.add(event.subject()));
    }
    assertThat(backwards).startsWith("a-700", "a-699").hasSize(700);
    Collections.reverse(backwards);
    assertThat(backwards).isEqualTo(forwards);
    assertThat(page.end()).as("a subscription goes on from there").isEqualTo(end);
  }

  @Test
  void a_list_of_a_time_has_all_events_of_that_time_and_reads_little_else() {
    log.partitionOf(1);
    for (int minutes = 60; minutes > 0; minutes--) {
      log.commit("m" + minutes, 3, minutes + " minutes", 0);
    }
    Instant now = Instant.now();
    TimeRange time =
        new TimeRange(Optional.of(minutesAgo(now, 31)), Optional.of(minutesAgo(now, 28)));
    AtomicInteger seen = new AtomicInteger();
    Predicate<LogEvent> filter =
        event -> {
          seen.incrementAndGet();
          return time.contains(event.time());
        };
    for (EventOrder order : EventOrder.values()) {
      seen.set(0);
      EventPage page =
          pages.read(
              new EventQuery(
                  Optional.empty(), Optional.empty(), Optional.empty(), order, filter, time, 100));
      assertThat(page.events())
          .extracting(LogEvent::subject)
          .containsExactlyInAnyOrder(
              "m30-1", "m30-2", "m30-3", "m29-1", "m29-2", "m29-3", "m28-1", "m28-2", "m28-3");
      assertThat(page.isLast()).isTrue();
      assertThat(seen).as("of 180 in the log").hasValueLessThan(20);
    }
  }

  private static Instant minutesAgo(Instant now, int minutes) {
    // half a minute more, so that it is between two of the events however slow the machine is
    return now.minusSeconds(60L * minutes - 30);
  }

  @Test
  void the_position_of_a_time_is_before_its_events_within_the_log() {
    tail.start();
    log.commit("old", 5, "10 minutes", 0);
    log.commit("new", 5, "1 minute", 0);
    ResumeToken from = pages.before(Instant.now().minusSeconds(300));
    assertThat(LogBench.readAll(tail.open(from, event -> true, () -> {}), 5))
        .startsWith("new-1")
        .hasSize(5);
    ResumeToken begin = pages.before(Instant.EPOCH);
    assertThat(LogBench.readAll(tail.open(begin, event -> true, () -> {}), 10)).hasSize(10);
    assertThat(pages.before(Instant.now().plusSeconds(9_999)))
        .isEqualTo(log.database.with(EventReader::end));
  }

  private EventPage newest(Optional<EventPage> before) {
    return pages.read(
        new EventQuery(
            before.map(EventPage::position),
            before.map(EventPage::begin),
            before.map(EventPage::end),
            EventOrder.NEWEST_FIRST,
            event -> true,
            TimeRange.ALWAYS,
            90));
  }

  @Test
  void a_page_of_another_cluster_is_refused_under_its_own_field() {
    assertThatThrownBy(() -> tail.requireOurs(new ResumeToken("other", 1, 1), "page_token"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.reason().name()).isEqualTo("TOKEN_UNKNOWN");
              assertThat(refusal.field()).contains("page_token");
            });
  }

  private ResumeToken listAll(Predicate<LogEvent> filter, int size, List<String> seen) {
    EventPage page = page(Optional.empty(), Optional.empty(), filter, size);
    page.events().forEach(event -> seen.add(event.subject()));
    while (!page.isLast()) {
      page = page(Optional.of(page.position()), Optional.of(page.end()), filter, size);
      page.events().forEach(event -> seen.add(event.subject()));
    }
    return page.position();
  }

  private EventPage page(
      Optional<ResumeToken> after,
      Optional<ResumeToken> end,
      Predicate<LogEvent> filter,
      int limit) {
    return pages.read(EventQuery.oldestFirst(after, end, filter, limit));
  }

  /** Whether each commit's events, such as a7-1 to a7-10, came in their order. */
  private static boolean inOrderByWriter(List<String> subjects) {
    Map<String, Integer> last = new HashMap<>();
    return subjects.stream()
        .map(subject -> subject.split("-"))
        .allMatch(parts -> Integer.parseInt(parts[1]) == last.merge(parts[0], 1, Integer::sum));
  }
}
