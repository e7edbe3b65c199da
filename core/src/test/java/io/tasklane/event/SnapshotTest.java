package io.tasklane.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SnapshotTest {
  @Test
  void what_ran_at_the_time_was_not_seen_and_all_else_before_the_end_was() {
    Snapshot snapshot = Snapshot.parse("10:15:10,13");
    assertThat(snapshot.hasSeen(9)).isTrue();
    assertThat(snapshot.hasSeen(10)).isFalse();
    assertThat(snapshot.hasSeen(12)).isTrue();
    assertThat(snapshot.hasSeen(13)).isFalse();
    assertThat(snapshot.hasSeen(14)).isTrue();
    assertThat(snapshot.hasSeen(15)).isFalse();
  }

  @Test
  void where_nothing_runs_all_before_the_end_was_seen() {
    Snapshot snapshot = Snapshot.parse("4294967300:4294967300:");
    assertThat(snapshot.hasSeen(4294967299L)).isTrue();
    assertThat(snapshot.hasSeen(4294967300L)).isFalse();
  }
}
