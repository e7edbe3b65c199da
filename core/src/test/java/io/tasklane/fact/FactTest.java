package io.tasklane.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    assertThatThrownBy(() -> new Fact("a b", 1, Optional.empty()))
        .hasMessageStartingWith("fact.name:");
    assertThatThrownBy(() -> new Fact("a", Double.NaN, Optional.empty()))
        .hasMessageStartingWith("fact.value:");
  }

  @Test
  void a_name_can_be_written_behind_the_dot_of_an_expression() {
    assertThat(Fact.of("_synced_2", 1).name()).isEqualTo("_synced_2");
    assertThatThrownBy(() -> Fact.of("portfolio-synced", 1)).hasMessageContaining("is not allowed");
    assertThatThrownBy(() -> Fact.of("a".repeat(64), 1)).hasMessageContaining("is not allowed");
  }

  @Test
  void numbers_are_doubles_whoever_sets_them() {
    assertThat(Fact.of("n", 450).value()).isEqualTo(450L).isEqualTo(Fact.of("n", 450.0).value());
    assertThat(Fact.of("n", new BigDecimal("4.5e2")).value()).isEqualTo(450L);
    assertThat(Fact.of("n", 9007199254740993L).value()).isEqualTo(9007199254740992L);
    assertThat(Fact.of("n", new BigDecimal("0.1")).value()).isEqualTo(0.1);
    assertThat(Fact.of("n", Map.of("list", List.of(1.0, "1.0"))).value())
        .isEqualTo(Map.of("list", List.of(1L, "1.0")));
    assertThatThrownBy(() -> Fact.of("n", new BigDecimal("1e400"))).hasMessageContaining("beyond");
  }

  private static Fact fact(Optional<Instant> expires) {
    return new Fact("portfolio_synced", true, expires);
  }
}
