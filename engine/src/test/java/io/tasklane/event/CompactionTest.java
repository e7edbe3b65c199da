package io.tasklane.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.EventCursor;
import io.tasklane.api.EventQuery;
import io.tasklane.api.Refusal;
import io.tasklane.database.Postgres;
import io.tasklane.fault.Faults;
import io.tasklane.time.Until;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is too old is removed from the log, and nobody takes that for silence. */
class CompactionTest {
  private final LogBench log = new LogBench();
  private final AtomicLong nanos = new AtomicLong();
  private final EventPages pages = new EventPages(log.database, AllEvents.rows(key -> "Q"));
  private EventTail tail;
  private final EventCompaction week = keeping(Optional.empty());

  @BeforeEach
  void tenDays() {
    for (int daysAgo = 10; daysAgo > 0; daysAgo--) {
      log.partitionOf(daysAgo);
      log.commit("day" + daysAgo, 3, daysAgo + " days", 0);
    }
    log.commit("today", 3);
    tail =
        new EventTail(
            log.database,
            AllEvents.rows(key -> "Q"),
            Thread::new,
            Faults.here(),
            nanos::get,
            Duration.ofMillis(100));
  }

  @AfterEach
  void close() {
    tail.close();
  }

  @Test
  void whole_days_are_dropped_once_they_are_old_enough() {
    ResumeToken begin = log.database.with(EventReader::floor);
    assertThat(dropAll(week)).isEqualTo(3);
    assertThat(subjects(Optional.empty())).startsWith("day7-1").hasSize(24);
    refusesCompacted(() -> subjects(Optional.of(begin)), begin);
  }

  @Test
  void an_older_token_is_refused_with_the_oldest_valid_one_from_which_nothing_is_missing() {
    tail.start();
    ResumeToken old = positionOf("day9-2");
    ResumeToken last = positionOf("day8-3");
    dropAll(week);
    refusesCompacted(() -> tail.open(old, event -> true, () -> {}), old);
    ResumeToken oldest = log.database.with(EventReader::floor);
    assertThat(oldest).isEqualTo(last);
    assertThat(LogBench.readAll(tail.open(oldest, event -> true, () -> {}), 24))
        .startsWith("day7-1", "day7-2")
        .endsWith("today-3");
  }

  @Test
  void a_reader_that_compaction_overtakes_is_told_so() {
    tail.start();
    ResumeToken begin = positionOf("day10-1");
    EventCursor slow = tail.open(begin, event -> true, () -> {});
    assertThat(slow.poll(2)).extracting(LogEvent::subject).containsExactly("day10-2", "day10-3");
    ResumeToken reached = slow.position();
    dropAll(week);
    refusesCompacted(() -> slow.poll(2), reached);
    EventQuery next =
        EventQuery.oldestFirst(Optional.of(reached), Optional.empty(), event -> true, 5);
    refusesCompacted(() -> pages.read(next), reached);
  }

  @Test
  void a_reader_exactly_at_the_end_of_what_was_dropped_misses_nothing() {
    ResumeToken edge = positionOf("day8-3");
    dropAll(week);
    assertThat(subjects(Optional.of(edge))).startsWith("day7-1").hasSize(24);
  }

  @Test
  void what_no_reader_could_see_yet_is_not_dropped() throws SQLException {
    try (Connection forgotten = log.transaction();
        Statement statement = forgotten.createStatement()) {
      statement.execute("SELECT pg_current_xact_id()");
      log.commit("late", 1, "9 days", 0);
      assertThat(dropAll(week)).as("only the day before those").isEqualTo(1);
      forgotten.rollback();
    }
    assertThat(dropAll(week)).isEqualTo(2);
  }

  @Test
  void nothing_that_a_durable_cursor_needs_is_dropped() {
    EventCompaction needed = keeping(Optional.of(positionOf("day9-2")));
    assertThat(dropAll(needed)).isEqualTo(1);
    assertThat(subjects(Optional.empty())).startsWith("day9-1");
    Postgres.run(log.database, "DROP TABLE " + partition(9) + ", " + partition(8));
    log.commit("stray", 5, "9 days", 0);
    assertThat(stray(needed, 100)).as("they are behind the cursor").isZero();
  }

  @Test
  void events_that_strayed_from_their_day_are_deleted_and_noted_like_it() {
    Postgres.run(log.database, "DROP TABLE " + partition(9));
    log.commit("stray", 250, "9 days", 0);
    assertThat(Postgres.number(log.database, "SELECT count(*) FROM task_event_rest"))
        .isEqualTo(250);
    ResumeToken before = positionOf("stray-99");
    assertThat(stray(week, 100)).isEqualTo(100);
    assertThat(stray(week, 200)).isEqualTo(150);
    assertThat(stray(week, 100)).isZero();
    refusesCompacted(() -> subjects(Optional.of(before)), before);
  }

  @Test
  void a_log_that_is_in_use_is_left_alone_for_now() throws SQLException {
    try (Connection reading = log.transaction();
        var statement = reading.createStatement()) {
      statement.execute("SELECT count(*) FROM task_event");
      assertThat(drop(week)).isEqualTo(EventCompaction.Drop.BUSY);
      reading.rollback();
    }
    assertThat(drop(week)).isEqualTo(EventCompaction.Drop.DONE);
  }

  @Test
  void a_node_that_was_away_for_too_long_goes_on_behind_the_gap_and_tells_of_it() {
    List<String> gaps = new ArrayList<>();
    tail.addGapFollower(() -> gaps.add("gap"));
    ResumeToken opened = tail.now();
    EventCursor reader = tail.open(opened, event -> true, () -> {});
    log.commit("unread", 3, "8 days", 0);
    log.commit("kept", 2);
    dropAll(week);
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    tail.start();
    Until.isTrue("the gap is told", () -> !gaps.isEmpty());
    refusesCompacted(() -> reader.poll(10), opened);
    ResumeToken oldest = log.database.with(EventReader::floor);
    assertThat(LogBench.readAll(tail.open(oldest, event -> true, () -> {}), 2))
        .containsExactly("kept-1", "kept-2");
  }

  private static EventCompaction keeping(Optional<ResumeToken> needed) {
    return new EventCompaction(Duration.ofDays(7), connection -> needed);
  }

  private int dropAll(EventCompaction compaction) {
    int dropped = 0;
    while (drop(compaction) == EventCompaction.Drop.DONE) {
      dropped++;
    }
    return dropped;
  }

  private EventCompaction.Drop drop(EventCompaction compaction) {
    return log.database.with(compaction::dropOldestDay);
  }

  private int stray(EventCompaction compaction, int limit) {
    return log.database.with(connection -> compaction.deleteStray(connection, limit));
  }

  private List<String> subjects(Optional<ResumeToken> after) {
    return pages
        .read(EventQuery.oldestFirst(after, Optional.empty(), event -> true, 1_000))
        .events()
        .stream()
        .map(LogEvent::subject)
        .toList();
  }

  private ResumeToken positionOf(String subject) {
    return pages
        .read(
            EventQuery.oldestFirst(
                Optional.empty(), Optional.empty(), e -> e.subject().equals(subject), 1))
        .events()
        .get(0)
        .token(tail.now().generation());
  }

  private String partition(int daysAgo) {
    return "task_event_"
        + log.database.with(
            connection -> {
              try (var statement = connection.createStatement();
                  var row =
                      statement.executeQuery(
                          "SELECT to_char((clock_timestamp() AT TIME ZONE 'UTC')::date - "
                              + daysAgo
                              + ", 'YYYY_MM_DD')")) {
                row.next();
                return row.getString(1);
              }
            });
  }

  private void refusesCompacted(ThrowingCallable reading, ResumeToken asked) {
    String oldest = log.database.with(EventReader::floor).encode();
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.sort()).isEqualTo(Refusal.Sort.OUT_OF_RANGE);
              assertThat(refusal.reason().name()).isEqualTo("TOKEN_COMPACTED");
              assertThat(refusal).hasMessageContaining(asked.encode()).hasMessageContaining(oldest);
              assertThat(refusal.metadata()).containsEntry("oldest_token", oldest);
            });
  }
}
