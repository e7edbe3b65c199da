package io.tasklane.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.EventCursor;
import io.tasklane.api.Refusal;
import io.tasklane.fault.Faults;
import io.tasklane.time.Until;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who reads the log by its tail misses nothing and sees nothing twice. */
class EventTailTest extends EventTailBench {
  @Test
  void an_event_that_commits_late_is_not_passed_over() throws SQLException {
    tail.start();
    EventCursor cursor = open(tail.now(), "");
    try (Connection late = transaction()) {
      write(late, "late", 1);
      commit("early", 3);
      commit("more", 3);
      assertThat(seenMeanwhile(cursor)).as("what is seen before the late one").isEmpty();
      late.commit();
    }
    commit("after", 1);
    assertThat(readAll(cursor, 8))
        .containsExactly(
            "late-1", "early-1", "early-2", "early-3", "more-1", "more-2", "more-3", "after-1");
  }

  @Test
  void a_reader_goes_on_behind_its_token_from_memory() throws SQLException {
    tail.start();
    EventCursor first = open(tail.now(), "");
    commit("a", 4);
    assertThat(first(first, 2)).containsExactly("a-1", "a-2");
    ResumeToken kept = ResumeToken.decode(first.position().encode());
    commit("b", 1);
    assertThat(readAll(open(kept, ""), 3)).containsExactly("a-3", "a-4", "b-1");
  }

  @Test
  void a_reader_goes_on_behind_its_token_from_the_table_after_a_restart() throws SQLException {
    ResumeToken begin = tail.now();
    commit("a", 3);
    try (EventTail restarted =
        new EventTail(database, AllEvents.rows(key -> "Q"), Thread::new, Faults.here())) {
      restarted.start();
      commit("b", 2);
      EventCursor cursor = restarted.open(begin, event -> true, () -> {});
      assertThat(readAll(cursor, 5)).containsExactly("a-1", "a-2", "a-3", "b-1", "b-2");
    }
  }

  @Test
  void a_reader_that_falls_behind_reads_on_from_the_table() throws SQLException {
    tail.start();
    EventCursor slow = open(tail.now(), "");
    commit("a", 5);
    assertThat(readAll(slow, 5)).hasSize(5);
    commit("b", MANY);
    EventCursor newest = open(slow.position(), "");
    Until.isTrue("the tail has passed " + MANY, () -> tail.revision() >= MANY + 5);
    assertThat(readAll(newest, MANY)).hasSize(MANY).doesNotHaveDuplicates().endsWith("b-" + MANY);
    assertThat(readAll(slow, MANY))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, MANY).mapToObj(i -> "b-" + i).toList());
  }

  @Test
  void readers_see_what_their_own_filter_lets_through() throws SQLException {
    tail.start();
    EventCursor as = open(tail.now(), "a");
    EventCursor bs = open(tail.now(), "b");
    commit("a", 2);
    commit("b", 2);
    commit("a", 1);
    assertThat(readAll(as, 3)).containsExactly("a-1", "a-2", "a-1");
    assertThat(readAll(bs, 2)).containsExactly("b-1", "b-2");
    Until.isTrue("b has seen all", () -> bs.poll(10).isEmpty() && bs.position().equals(tail.now()));
    assertThat(as.position()).as("the position moves over what does not fit").isEqualTo(tail.now());
  }

  @Test
  void a_follower_that_throws_keeps_neither_others_nor_readers_from_the_events()
      throws SQLException {
    List<String> told = new CopyOnWriteArrayList<>();
    AtomicInteger gaps = new AtomicInteger();
    tail.addFollower(
        events -> {
          throw new AssertionError("injected");
        });
    tail.addFollower(events -> events.forEach(event -> told.add(event.subject())));
    tail.addGapFollower(
        () -> {
          throw new AssertionError("injected");
        });
    tail.addGapFollower(gaps::incrementAndGet);
    EventCursor cursor = open(tail.now(), "");
    tail.start();
    commit("a", 2);
    assertThat(readAll(cursor, 2)).containsExactly("a-1", "a-2");
    commit("b", 1);
    assertThat(readAll(cursor, 1)).containsExactly("b-1");
    assertThat(told).containsExactly("a-1", "a-2", "b-1");
    assertThat(gaps.get()).as("whoever can begin anew is told, each time").isPositive();
    assertThat(tail.fault()).isEmpty();
  }

  @Test
  void a_reader_is_woken_when_there_is_something() throws SQLException {
    List<String> woken = new ArrayList<>();
    EventCursor cursor = tail.open(tail.now(), event -> true, () -> woken.add("yes"));
    tail.start();
    commit("a", 1);
    Until.isTrue("woken", () -> !woken.isEmpty());
    assertThat(cursor.poll(10)).hasSize(1);
  }

  @Test
  void events_that_do_not_fit_wake_nobody_and_move_the_position_all_the_same() throws SQLException {
    AtomicInteger wakes = new AtomicInteger();
    EventCursor cursor = ofMine(wakes);
    tail.start();
    commit("others", 3);
    Until.isTrue("the tail has read them", () -> tail.eventsRead() == 3);
    Until.isTrue("passed", () -> cursor.position().equals(tail.now()));
    assertThat(wakes).hasValue(0);
    commit("mine", 1);
    Until.isTrue("woken", () -> wakes.get() == 1);
    assertThat(readAll(cursor, 1)).containsExactly("mine-1");
  }

  @Test
  void what_a_reader_has_not_read_yet_is_not_passed_over_with_what_does_not_fit()
      throws SQLException {
    AtomicInteger wakes = new AtomicInteger();
    EventCursor cursor = ofMine(wakes);
    tail.start();
    commit("mine", 1);
    Until.isTrue("the tail has read it", () -> tail.eventsRead() == 1);
    commit("others", 1);
    Until.isTrue("the tail has read both", () -> tail.eventsRead() == 2);
    Until.isTrue("woken for what it has to read", () -> wakes.get() >= 2);
    assertThat(readAll(cursor, 1)).containsExactly("mine-1");
  }

  @Test
  void a_filter_that_fails_is_met_by_its_own_reader_alone() throws SQLException {
    AtomicInteger failing = new AtomicInteger();
    tail.open(
        tail.now(),
        event -> {
          throw new IllegalStateException("no filter");
        },
        failing::incrementAndGet);
    AtomicInteger wakes = new AtomicInteger();
    ofMine(wakes);
    tail.start();
    commit("mine", 1);
    Until.isTrue("both woken", () -> wakes.get() == 1 && failing.get() == 1);
    assertThat(tail.fault()).isEmpty();
  }

  @Test
  void a_token_of_another_cluster_is_refused() {
    ResumeToken foreign = new ResumeToken("other", 1, 1);
    assertThatThrownBy(() -> open(foreign, ""))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.reason().name()).isEqualTo("TOKEN_UNKNOWN"));
  }
}
