package io.tasklane.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.task.Actor;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  @Test
  void an_expired_fact_is_absent_from_its_expire_time_on() {
    Fact fact = fact(Optional.of(NOON));
    assertThat(fact.at(NOON.minusNanos(1000))).contains(fact);
    assertThat(fact.at(NOON)).isEmpty();
    assertThat(fact.at(NOON.plusSeconds(1))).isEmpty();
    assertThat(fact(Optional.empty()).at(Instant.MAX)).isPresent();
  }

  @Test
  void every_reader_sees_the_same_moment_because_times_are_cut_to_microseconds() {
    assertThat(fact(Optional.of(NOON.plusNanos(999))).at(NOON)).isEmpty();
  }

  @Test
  void a_fact_that_would_be_absent_at_once_is_refused() {
    fact(Optional.of(NOON)).requireLaterThan(NOON.minusSeconds(1));
    assertThatThrownBy(() -> fact(Optional.of(NOON)).requireLaterThan(NOON))
        .hasMessageStartingWith("fact.expire_time: 2026-11-30T12:00:00Z is not allowed");
  }

  @Test
  void names_and_values_are_checked() {
    assertThatThrownBy(() -> new Fact("a b", 1, Optional.empty(), Actor.ANONYMOUS))
        .hasMessageStartingWith("fact.name:");
    assertThatThrownBy(() -> new Fact("a", Double.NaN, Optional.empty(), Actor.ANONYMOUS))
        .hasMessageStartingWith("fact.value:");
  }

  private static Fact fact(Optional<Instant> expires) {
    return new Fact("portfolio_synced", true, expires, Actor.ANONYMOUS);
  }
}
