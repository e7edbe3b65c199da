package io.tasklane.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.api.StoredFact;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.Postgres;
import io.tasklane.event.AllEvents;
import io.tasklane.event.EventReader;
import io.tasklane.event.LogEvent;
import io.tasklane.event.ResumeToken;
import io.tasklane.feature.EngineContext;
import io.tasklane.workflow.execution.WorkflowBench;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Facts on the real store. */
class FactStoreTest {
  private final WorkflowBench bench = new WorkflowBench();
  private final FactService facts =
      new FactService(new EngineContext(bench.database, bench.committer, null, Clock.systemUTC()));

  @AfterEach
  void close() {
    bench.close();
  }

  private StoredFact set(Fact fact) {
    return WorkflowBench.answer(facts.set(fact, WorkflowBench.ANN, WorkflowBench.change("set")));
  }

  private StoredFact delete(String name) {
    return WorkflowBench.answer(
        facts.delete(name, WorkflowBench.ANN, WorkflowBench.change("delete")));
  }

  private List<LogEvent> log() {
    return bench.database.with(
        c ->
            new EventReader(c, AllEvents.rows(key -> "Q"))
                .after(new ResumeToken("", 0, 0), 10_000).stream()
                    .filter(event -> event.type().startsWith("fact."))
                    .toList());
  }

  private Optional<Fact> at(String name, Instant now) {
    return bench.database.with(c -> new FactReader(c).find(name, now));
  }

  @Test
  void a_fact_is_set_again_and_the_last_counts() {
    set(Fact.of("a", Map.of("n", 4.5)));
    StoredFact second = set(Fact.of("a", List.of(1, "x")));
    assertThat(second.fact().value()).isEqualTo(List.of(1L, "x"));
    assertThat(second.actor()).isEqualTo(WorkflowBench.ANN);
    assertThat(facts.get("a")).isEqualTo(second);
    assertThat(log())
        .extracting(event -> event.type() + " " + event.subject() + " " + event.data())
        .containsExactly(
            "fact.set facts/a {\"value\":{\"n\":4.5},\"reason\":\"because\"}",
            "fact.set facts/a {\"value\":[1,\"x\"],\"reason\":\"because\"}");
    assertThat(log()).extracting(LogEvent::actor).containsOnly("user:ann");
  }

  @Test
  void null_is_a_value_and_a_deleted_fact_has_none() {
    Fact none = Fact.of("a", null);
    assertThat(set(none).fact()).isEqualTo(none);
    assertThat(facts.get("a").fact().value()).isNull();
    delete("a");
    assertNotFound("a");
    assertThatThrownBy(() -> delete("a")).isInstanceOf(Refusal.class);
    assertThat(log()).extracting(LogEvent::type).containsExactly("fact.set", "fact.deleted");
    set(Fact.of("a", 1));
    assertThat(facts.get("a").fact().value()).isEqualTo(1L);
  }

  private void assertNotFound(String name) {
    assertThatThrownBy(() -> facts.get(name))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.FACT_NOT_FOUND));
  }

  @Test
  void an_expired_fact_is_absent_for_every_reader_though_its_row_is_there() {
    Instant expires = Instant.now().plusSeconds(3600);
    Instant kept = set(Fact.of("a", 1).until(expires)).fact().expireTime().orElseThrow();
    assertThat(at("a", kept.minusNanos(1000))).isPresent();
    assertThat(at("a", kept)).isEmpty();
    assertThat(facts.list("", 10)).hasSize(1);

    Postgres.run(bench.database, "UPDATE fact SET expire_time = clock_timestamp()");
    assertNotFound("a");
    assertThat(facts.list("", 10)).isEmpty();
    assertThatThrownBy(() -> delete("a")).isInstanceOf(Refusal.class);
    assertThat(bench.count("fact")).as("its row").isOne();
    set(Fact.of("a", 2));
    assertThat(facts.get("a").fact().expireTime()).isEmpty();
  }

  @Test
  void one_that_would_be_absent_at_once_or_is_too_large_is_refused() {
    assertThatThrownBy(() -> set(Fact.of("a", 1).until(Instant.now().minusSeconds(1))))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.field()).contains("fact.expire_time"));
    String most = "x".repeat(Fact.MAX_BYTES - 2);
    set(Fact.of("a", most));
    assertThat(facts.get("a").fact().value()).isEqualTo(most);
    assertThatThrownBy(() -> set(Fact.of("b", most + "x")))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.field()).contains("fact.value"));
    assertThatThrownBy(() -> set(Fact.of("b", "\u0000")))
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.field()).contains("fact.value"));
    assertThat(bench.count("fact")).isOne();
    assertThat(log()).hasSize(1);
  }

  @Test
  void a_list_goes_by_name_from_the_last_one_seen() {
    List.of("b", "_z", "B", "a").forEach(name -> set(Fact.of(name, 1)));
    assertThat(facts.list("", 3)).extracting(f -> f.fact().name()).containsExactly("B", "_z", "a");
    assertThat(facts.list("a", 3)).extracting(f -> f.fact().name()).containsExactly("b");
  }

  @Test
  void the_log_has_the_changes_of_a_fact_in_the_order_in_which_they_happened() {
    List<GroupCommitter> nodes =
        IntStream.range(0, 6)
            .mapToObj(node -> new GroupCommitter(bench.database, Thread::new, () -> {}))
            .toList();
    for (int round = 0; round < 40; round++) {
      int base = round * 10;
      List<CompletableFuture<Void>> setters =
          IntStream.range(0, nodes.size())
              .mapToObj(n -> CompletableFuture.runAsync(() -> set(nodes.get(n), base + n)))
              .toList();
      setters.forEach(CompletableFuture::join);
      List<LogEvent> log = log();
      assertThat(log.get(log.size() - 1).data())
          .as("the last event is about the last value")
          .contains("\"value\":" + facts.get("hot").fact().value() + ",");
    }
    assertThat(log()).hasSize(240);
    nodes.forEach(GroupCommitter::close);
  }

  private void set(GroupCommitter node, int value) {
    FactService there =
        new FactService(new EngineContext(bench.database, node, null, Clock.systemUTC()));
    WorkflowBench.answer(
        there.set(Fact.of("hot", value), WorkflowBench.ANN, WorkflowBench.change("set")));
  }
}
