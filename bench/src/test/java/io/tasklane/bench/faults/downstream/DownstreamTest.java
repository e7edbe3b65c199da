package io.tasklane.bench.faults.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownstreamTest {
  @TempDir Path folder;
  private Chronicle chronicle;
  private Downstream downstream;

  @BeforeEach
  void open() throws IOException {
    chronicle = new Chronicle(folder.resolve("record"), Clock.systemUTC());
    downstream = new Downstream(chronicle);
  }

  private Downstream.Caller begin(String task, long token) {
    return downstream.begin(new Downstream.Caller(task, token, "queues/A"), "queues/A", "n1", 1, 7);
  }

  @Test
  void an_effect_is_refused_once_a_larger_token_of_its_lane_was_seen() {
    Downstream.Caller stale = begin("a", 1);
    begin("b", 2);
    assertThat(downstream.effect(stale, "a")).isFalse();
    assertThat(downstream.knows(stale, "a")).isFalse();
  }

  @Test
  void a_later_run_is_told_of_the_effect_that_an_earlier_one_had() {
    assertThat(downstream.effect(begin("a", 1), "a")).isTrue();
    assertThat(downstream.knows(begin("a", 2), "a")).isTrue();
    assertThat(downstream.knows(begin("b", 3), "b")).isFalse();
  }

  @Test
  void a_task_kills_its_node_in_as_many_runs_as_it_is_told() {
    assertThat(downstream.kills(begin("a", 1), 1)).isTrue();
    assertThat(downstream.kills(begin("a", 2), 1)).isFalse();
    assertThat(downstream.kills(begin("b", 3), 1)).isTrue();
    assertThat(chronicle.entries())
        .filteredOn(Entry.Kills.class::isInstance)
        .extracting(entry -> ((Entry.Kills) entry).token())
        .containsExactly(1L, 3L);
  }

  @Test
  void all_is_noted_in_its_order() {
    Downstream.Caller run = begin("a", 1);
    downstream.effect(run, "a");
    downstream.end(run, Entry.Outcome.RESULT);
    assertThat(chronicle.entries())
        .extracting(entry -> entry.getClass().getSimpleName())
        .containsExactly("Begun", "Effect", "Returned");
  }
}
