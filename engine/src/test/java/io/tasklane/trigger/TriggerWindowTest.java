package io.tasklane.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.ExternalEvent;
import io.tasklane.api.Refusal;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.event.PublishEvents;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.workflow.execution.WorkflowBench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Events that come within the window of a trigger start one workflow. */
class TriggerWindowTest extends StoredTriggers {
  @Test
  void a_burst_within_the_window_starts_once_with_the_union_of_its_symbols() {
    create(merging("burst", "", HOUR));
    publish("user:ann", "portfolio.updated", "AAPL", "MSFT");
    fire();
    publish("user:ann", "portfolio.updated", "AAPL", "XOM", "T");
    fire();
    assertThat(inputs()).as("the window is open").isEmpty();
    endWindows();
    publish("user:ann", "portfolio.updated", "LATE");
    fire();
    assertThat(inputs()).containsExactly("{\"symbols\":[\"AAPL\",\"MSFT\",\"XOM\",\"T\"]}");
    endWindows();
    fire();
    assertThat(inputs()).last().isEqualTo("{\"symbols\":[\"LATE\"]}");
    assertThat(triggers.get("burst").counts().starts()).isEqualTo(2);
    assertThat(bench.count("trigger_window_event")).isZero();
    assertThat(bench.count("trigger_start")).isEqualTo(6);
  }

  @Test
  void events_merge_by_key_and_one_without_a_key_shows_as_a_fault() {
    create(merging("keyed", "event.data.symbol", HOUR));
    publish("user:ann", "portfolio.updated", "A", "B", "A");
    bench.submit(
        new PublishEvents(),
        new PublishEvents.Wanted(
            "user:ann",
            List.of(
                new ExternalEvent(
                    new Publication("portfolio.updated", "s/x", Payload.json("{}")),
                    Optional.empty()))));
    fire();
    endWindows();
    fire();
    assertThat(inputs())
        .containsExactlyInAnyOrder("{\"symbols\":[\"A\"]}", "{\"symbols\":[\"B\"]}");
    TriggerCounts counts = triggers.get("keyed").counts();
    assertThat(counts.events()).isEqualTo(4);
    assertThat(counts.faults()).isEqualTo(1);
    assertThat(counts.lastFault().orElseThrow().message())
        .contains("(portfolio.updated, s/x): coalesce_key: line 1");
  }

  @Test
  void the_rules_of_a_window_are_those_with_which_it_began() {
    create(merging("t", "", HOUR));
    publish("user:ann", "portfolio.updated", "OLD");
    fire();
    Trigger other = merging("t", "", Duration.ofHours(2));
    change(
        "t",
        new Trigger(
            "t",
            other.eventType(),
            Optional.empty(),
            "analysis",
            Map.of("symbols", "['new rules']"),
            Optional.empty(),
            other.coalesceWindow()));
    publish("user:ann", "portfolio.updated", "NEW");
    fire();
    assertThat(bench.count("trigger_window"))
        .as("one of the old rules, one of the new")
        .isEqualTo(2);
    endWindows();
    fire();
    assertThat(inputs())
        .containsExactly("{\"symbols\":[\"OLD\"]}", "{\"symbols\":[\"new rules\"]}");
    assertThat(triggers.get("t").version()).isEqualTo(2);
  }

  @Test
  void disabling_and_deleting_close_an_open_window_at_once_with_its_start() {
    create(merging("t", "", HOUR));
    publish("user:ann", "portfolio.updated", "A");
    fire();
    assertThat(disable("t", true).disabledBy()).contains(WorkflowBench.ANN);
    publish("user:ann", "portfolio.updated", "MEANWHILE");
    fire();
    assertThat(inputs()).containsExactly("{\"symbols\":[\"A\"]}");
    disable("t", false);
    publish("user:ann", "portfolio.updated", "B");
    fire();
    WorkflowBench.answer(
        triggers.delete("t", Optional.empty(), WorkflowBench.ANN, WorkflowBench.change("delete")));
    fire();
    assertThat(inputs()).containsExactly("{\"symbols\":[\"A\"]}", "{\"symbols\":[\"B\"]}");
    assertThatThrownBy(() -> triggers.get("t")).isInstanceOf(Refusal.class);
    assertThat(bench.count("trigger_window")).isZero();
  }

  @Test
  void a_thousand_events_of_three_keys_on_two_nodes_are_each_in_exactly_one_start() {
    create(merging("t", "event.data.symbol", Duration.ofMillis(300)));
    try (GroupCommitter other = new GroupCommitter(bench.database, Thread::new, () -> {})) {
      CompletableFuture<Void> publishing =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 100; i++) {
                  publish(
                      "user:ann",
                      "portfolio.updated",
                      IntStream.range(0, 10).mapToObj(n -> "K" + n % 3).toArray(String[]::new));
                }
              });
      while (!publishing.isDone()) {
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> firing.fire(other));
        firing.fire(bench.committer);
        second.join();
      }
      publishing.join();
      fire();
      endWindows();
      fire();
    }
    StoredTrigger done = triggers.get("t");
    assertThat(done.counts().events()).isEqualTo(1000);
    assertThat(done.counts().faults()).as(done.toString()).isZero();
    assertThat(bench.count("trigger_start")).isEqualTo(1000);
    assertThat(bench.count("workflow")).isEqualTo(done.counts().starts()).isGreaterThanOrEqualTo(3);
  }
}
