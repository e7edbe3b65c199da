package io.tasklane.bench.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.bench.faults.record.Entry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapTest {
  private static Overlap.Hold hold(String task, long start, long end, int amount) {
    return new Overlap.Hold(task, start, end, amount, new Entry.CancelAsked(start, task));
  }

  private static List<String> objections(int allowed, Overlap.Hold... holds) {
    List<String> objections = new ArrayList<>();
    Overlap.look(List.of(holds), allowed, (tasks, evidence) -> objections.add(tasks.toString()));
    return objections;
  }

  @Test
  void what_ends_as_another_begins_does_not_overlap() {
    assertThat(objections(1, hold("b", 5, 9, 1), hold("a", 1, 5, 1))).isEmpty();
  }

  @Test
  void what_is_held_at_one_time_is_added_up() {
    Overlap.Hold[] holds = {hold("a", 1, 6, 2), hold("b", 5, 9, 1), hold("c", 5, 9, 1)};
    assertThat(objections(4, holds)).isEmpty();
    assertThat(objections(3, holds)).containsExactly("[a, b, c]");
  }

  @Test
  void what_never_ends_is_held_for_ever() {
    assertThat(objections(1, hold("a", 1, Long.MAX_VALUE, 1), hold("b", 99, 100, 1)))
        .containsExactly("[a, b]");
  }

  @Test
  void what_ends_before_it_begins_is_never_held() {
    assertThat(objections(1, hold("a", 1, 9, 1), hold("stale", 5, 3, 1))).isEmpty();
  }
}
