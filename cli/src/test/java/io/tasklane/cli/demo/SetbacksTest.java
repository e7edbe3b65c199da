package io.tasklane.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SetbacksTest {
  private final Setbacks setbacks = new Setbacks();

  private void hear(String from, String to, long at) {
    setbacks.add(new Change("tasks/a", from, to, Instant.ofEpochMilli(at)));
  }

  @Test
  void a_run_before_a_retry_is_kept_and_the_last_one_is_not() {
    hear("", "QUEUED", 0);
    hear("QUEUED", "RUNNING", 10);
    hear("RUNNING", "RETRY_WAIT", 20);
    hear("RETRY_WAIT", "QUEUED", 1020);
    hear("QUEUED", "RUNNING", 1030);
    hear("RUNNING", "SUCCEEDED", 1040);
    assertThat(setbacks.of("tasks/a"))
        .containsExactly(new Interval(Instant.ofEpochMilli(10), Instant.ofEpochMilli(20)));
    assertThat(setbacks.of("tasks/b")).isEmpty();
  }

  @Test
  void a_run_whose_node_was_lost_is_kept() {
    hear("QUEUED", "RUNNING", 10);
    hear("RUNNING", "QUEUED", 6010);
    assertThat(setbacks.of("tasks/a")).hasSize(1);
  }
}
