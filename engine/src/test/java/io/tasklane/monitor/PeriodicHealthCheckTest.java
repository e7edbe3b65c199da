package io.tasklane.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.ComponentHealth;
import io.tasklane.api.HealthCheck;
import io.tasklane.time.SettableClock;
import io.tasklane.time.Until;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PeriodicHealthCheckTest {
  private final SettableClock ticker = new SettableClock();
  private final AtomicReference<HealthCheck> probe =
      new AtomicReference<>(() -> Map.of("answer-ms", "1"));

  private PeriodicHealthCheck pulse() {
    return new PeriodicHealthCheck("part", () -> probe.get().look(), ticker, Thread::new);
  }

  @Test
  void a_part_that_answers_is_fine_with_what_was_seen() {
    try (PeriodicHealthCheck pulse = pulse()) {
      Until.isTrue("fine", () -> pulse.status().healthy());
      assertThat(pulse.status())
          .isEqualTo(ComponentHealth.fine("part", "works", Map.of("answer-ms", "1")));
    }
  }

  @Test
  void a_part_that_fails_is_broken_with_its_words_and_fine_again_when_it_answers() {
    probe.set(
        () -> {
          throw new IllegalStateException("connection refused");
        });
    try (PeriodicHealthCheck pulse = pulse()) {
      Until.isTrue("broken", () -> pulse.status().detail().equals("connection refused"));
      assertThat(pulse.status().healthy()).isFalse();
      probe.set(Map::of);
      Until.isTrue("fine again", () -> pulse.status().healthy());
    }
  }

  @Test
  void a_part_that_throws_an_error_is_broken_and_goes_on_being_checked() {
    probe.set(
        () -> {
          throw new NoClassDefFoundError("com/example/Driver");
        });
    try (PeriodicHealthCheck pulse = pulse()) {
      Until.isTrue(
          "broken, with the error", () -> pulse.status().detail().contains("com/example/Driver"));
      assertThat(pulse.status().detail()).contains("NoClassDefFoundError");
      probe.set(Map::of);
      Until.isTrue("fine again", () -> pulse.status().healthy());
    }
  }

  @Test
  void a_part_that_hangs_is_broken_after_a_while_and_who_asks_never_waits() {
    CountDownLatch thawed = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    try (PeriodicHealthCheck pulse = pulse()) {
      Until.isTrue("fine", () -> pulse.status().healthy());
      probe.set(
          () -> {
            asked.countDown();
            thawed.await();
            return Map.of();
          });
      Until.isTrue("it hangs", () -> asked.getCount() == 0);
      assertThat(pulse.status().healthy()).as("not given up at once").isTrue();
      ticker.pass(PeriodicHealthCheck.PATIENCE.plus(Duration.ofSeconds(3)));
      assertThat(pulse.status().healthy()).isFalse();
      assertThat(pulse.status().detail()).isEqualTo("has not answered for 7 s");
      thawed.countDown();
      Until.isTrue("fine again", () -> pulse.status().healthy());
    }
  }

  @Test
  void one_check_that_fails_is_no_outage_and_checks_that_go_on_failing_are() {
    try (PeriodicHealthCheck pulse = pulse()) {
      Until.isTrue("fine", () -> pulse.status().healthy());
      probe.set(
          () -> {
            throw new IllegalStateException("connection refused");
          });
      Until.isTrue("broken", () -> !pulse.status().healthy());
      assertThat(pulse.outage(Duration.ofSeconds(2))).isEmpty();
      ticker.pass(Duration.ofSeconds(2));
      assertThat(pulse.outage(Duration.ofSeconds(2))).contains("connection refused");
      probe.set(Map::of);
      Until.isTrue("over", () -> pulse.outage(Duration.ofSeconds(2)).isEmpty());
    }
  }

  @Test
  void closing_ends_its_thread_also_while_it_hangs() {
    probe.set(
        () -> {
          new CountDownLatch(1).await();
          return Map.of();
        });
    PeriodicHealthCheck pulse = pulse();
    pulse.close();
    assertThat(pulse.hasEnded()).isTrue();
  }
}
