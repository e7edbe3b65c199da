package io.tasklane.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.fault.Faults;
import io.tasklane.time.Ticker;
import io.tasklane.time.Until;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How soon the tail of the log sees what is new, and how seldom it looks where nothing is. */
class EventTailPaceTest extends EventTailBench {
  @Test
  void a_tail_without_news_looks_less_often() throws InterruptedException {
    tail.start();
    Thread.sleep(3_000); // longer than it takes to count as quiet
    long before = tail.looks();
    Thread.sleep(1_000);
    assertThat(tail.looks() - before).as("looks a second").isBetween(2L, 25L);
  }

  @Test
  void a_tail_at_rest_sees_the_commits_of_its_node_at_once() throws Exception {
    Duration rest = Duration.ofSeconds(30);
    try (EventTail resting =
        new EventTail(
            database,
            AllEvents.rows(key -> "Q"),
            Thread::new,
            Faults.here(),
            Ticker.SYSTEM,
            rest)) {
      resting.start();
      long looks = -1;
      while (looks != resting.looks()) { // until it rests
        looks = resting.looks();
        Thread.sleep(1_000);
      }
      commit("own", 1);
      long begin = Ticker.SYSTEM.nanos();
      resting.wake();
      Until.isTrue("it is read", () -> resting.eventsRead() == 1);
      assertThat(Ticker.SYSTEM.since(begin)).isLessThan(rest.dividedBy(2));
    }
  }

  @Test
  void a_tail_whose_node_is_alone_reads_about_once_a_second() throws InterruptedException {
    AtomicLong nanos = new AtomicLong();
    try (EventTail alone = quick(nanos)) {
      alone.restLongerWhile(() -> true);
      alone.start();
      Until.isTrue("it has begun", () -> alone.looks() > 0);
      nanos.set(Duration.ofSeconds(3).toNanos()); // longer than it takes to count as quiet
      Thread.sleep(200); // the look that was due before
      long before = alone.looks();
      Thread.sleep(2_500);
      assertThat(alone.looks() - before).as("looks").isBetween(1L, 4L);
    }
  }

  @Test
  void a_commit_between_its_read_and_its_rest_is_not_missed() throws Exception {
    AtomicLong nanos = new AtomicLong();
    AtomicBoolean armed = new AtomicBoolean();
    EventTail[] tail = new EventTail[1];
    Ticker ticker =
        () -> {
          if (armed.get() && isAfterRead() && armed.compareAndSet(true, false)) {
            nanos.set(Duration.ofSeconds(3).toNanos()); // from here on it counts as quiet
            commitOwn(tail[0]);
          }
          return nanos.get();
        };
    Duration rest = Duration.ofSeconds(30);
    tail[0] =
        new EventTail(
            database, AllEvents.rows(key -> "Q"), Thread::new, Faults.here(), ticker, rest);
    try {
      tail[0].start();
      long begin = Ticker.SYSTEM.nanos();
      armed.set(true);
      Until.isTrue("it is read", () -> tail[0].eventsRead() == 1);
      assertThat(Ticker.SYSTEM.since(begin)).isLessThan(rest.dividedBy(2));
    } finally {
      tail[0].close();
    }
  }
}
