package io.tasklane.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.time.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseObservationTest {
  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final LockFile FILE = new LockFile("h", "f", "1");
  private final SettableClock ticker = new SettableClock();
  private final LeaseObservation silence = new LeaseObservation(ticker, LEASE);

  @Test
  void a_node_that_did_not_renew_for_a_whole_lease_is_silent() {
    assertThat(silence.observe(List.of(seen(1)))).isEmpty();
    ticker.pass(LEASE.minusNanos(1));
    assertThat(silence.observe(List.of(seen(1)))).isEmpty();
    ticker.pass(Duration.ofNanos(1));
    assertThat(silence.observe(List.of(seen(1)))).containsExactly(seen(1));
  }

  @Test
  void every_renewal_begins_the_count_anew() {
    silence.observe(List.of(seen(1)));
    ticker.pass(Duration.ofSeconds(5));
    silence.observe(List.of(seen(2)));
    ticker.pass(Duration.ofSeconds(5));
    assertThat(silence.observe(List.of(seen(2)))).isEmpty();
  }

  @Test
  void a_new_start_of_the_node_begins_the_count_anew() {
    silence.observe(List.of(seen(1)));
    ticker.pass(LEASE);
    assertThat(silence.observe(List.of(new NodeLeaseRow.Seen("n", 2, 1, FILE)))).isEmpty();
  }

  @Test
  void an_observer_that_was_away_counts_anew() {
    silence.observe(List.of(seen(1)));
    ticker.pass(LEASE);
    silence.forget();
    assertThat(silence.observe(List.of(seen(1)))).isEmpty();
  }

  @Test
  void a_node_that_left_and_came_back_counts_anew() {
    silence.observe(List.of(seen(1)));
    silence.observe(List.of());
    ticker.pass(LEASE);
    assertThat(silence.observe(List.of(seen(1)))).isEmpty();
  }

  private static NodeLeaseRow.Seen seen(long renewal) {
    return new NodeLeaseRow.Seen("n", 1, renewal, FILE);
  }
}
