package io.tasklane.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTest {
  private static Interval run(long start, long end) {
    return new Interval(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
  }

  @Test
  void a_run_that_begins_when_another_ends_does_not_overlap_it() {
    assertThat(Overlap.greatest(List.of(run(10, 20), run(0, 10), run(20, 30)))).isEqualTo(1);
  }

  @Test
  void a_run_that_begins_a_moment_before_another_ends_overlaps_it() {
    assertThat(Overlap.greatest(List.of(run(0, 10), run(9, 20)))).isEqualTo(2);
  }

  @Test
  void runs_inside_a_long_one_are_counted_at_their_densest() {
    assertThat(Overlap.greatest(List.of(run(0, 100), run(5, 9), run(6, 8), run(50, 60))))
        .isEqualTo(3);
  }

  @Test
  void a_run_without_length_is_a_run() {
    assertThat(Overlap.greatest(List.of(run(5, 5)))).isEqualTo(1);
    assertThat(Overlap.greatest(List.of(run(0, 5), run(5, 5), run(5, 9)))).isEqualTo(1);
  }

  @Test
  void nothing_ran_where_there_are_no_runs() {
    assertThat(Overlap.greatest(List.of())).isZero();
  }

  @Test
  void a_run_cannot_end_before_it_began() {
    assertThatThrownBy(() -> run(5, 4)).hasMessageContaining("before");
  }
}
