package io.tasklane.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
  private final Ticking clock = new Ticking();
  private final RestartBudget budget = new RestartBudget(clock, RestartBudget.RESTARTS);

  private static final class Ticking extends Clock {
    private Instant now = Instant.parse("2026-03-02T14:30:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void five_restarts_are_granted_with_doubling_rests_and_then_none() {
    for (long millis : new long[] {500, 1000, 2000, 4000, 8000}) {
      assertThat(budget.next()).contains(Duration.ofMillis(millis));
    }
    assertThat(budget.next()).isEmpty();
  }

  @Test
  void a_larger_budget_never_rests_longer_than_the_usual_one() {
    RestartBudget large = new RestartBudget(clock, 300);
    for (int i = 0; i < 300; i++) {
      assertThat(large.next()).isPresent().get().matches(rest -> rest.toMillis() <= 8000);
    }
    assertThat(large.next()).isEmpty();
  }

  @Test
  void a_budget_of_none_grants_none() {
    assertThat(new RestartBudget(clock, 0).next()).isEmpty();
  }

  @Test
  void five_minutes_later_the_budget_is_full_again() {
    for (int i = 0; i < RestartBudget.RESTARTS; i++) {
      budget.next();
    }

    clock.now = clock.now.plus(RestartBudget.WINDOW).plusMillis(1);

    assertThat(budget.next()).contains(Duration.ofMillis(500));
  }
}
