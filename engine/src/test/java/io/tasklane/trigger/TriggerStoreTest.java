package io.tasklane.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.fact.Fact;
import io.tasklane.fact.FactService;
import io.tasklane.feature.EngineContext;
import io.tasklane.task.Actor;
import io.tasklane.workflow.execution.WorkflowBench;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Triggers on the real store: each event is in exactly one start. */
class TriggerStoreTest extends StoredTriggers {
  @Test
  void an_event_that_is_published_after_the_answer_starts_one_workflow() {
    publish("user:ann", "market.news", "EARLY");
    create(plain("news", "market.*"));
    publish("user:ann", "market.news", "AAPL");
    publish("user:ann", "other.news", "XOM");
    fire();
    fire();
    assertThat(inputs()).containsExactly("{\"symbols\":[\"AAPL\"]}");
    TriggerCounts counts = triggers.get("news").counts();
    assertThat(counts.events()).isEqualTo(1);
    assertThat(counts.starts()).isEqualTo(1);
    assertThat(counts.lastStart()).isPresent();
    assertThat(Postgres.number(bench.database, "SELECT count(*) FROM trigger_start")).isOne();
    assertThat(
            Postgres.number(
                bench.database,
                "SELECT count(*) FROM trigger_start s JOIN workflow w ON w.name = s.workflow"
                    + " WHERE w.create_principal = 'trigger:news'"))
        .isOne();
  }

  @Test
  void two_triggers_of_one_template_start_for_their_own_matches_alone() {
    create(when(plain("a", "market.news"), "event.data.symbol == 'A'"));
    create(when(plain("b", "market.news"), "event.data.symbol == 'B'"));
    publish("user:ann", "market.news", "A");
    fire();
    assertThat(inputs()).hasSize(1);
    assertThat(triggers.get("b").counts().starts()).isZero();
    assertThat(triggers.get("b").counts().events()).isEqualTo(1);
  }

  @Test
  void a_start_that_fails_shows_and_hurts_nothing_else() {
    create(when(plain("bad", "market.news"), "event.data.absent > 1"));
    create(plain("good", "market.news"));
    Trigger odd =
        new Trigger(
            "odd",
            "market.news",
            Optional.empty(),
            "picky",
            Map.of("n", "'text'"),
            Optional.empty(),
            Duration.ZERO);
    create(odd);
    publish("user:ann", "market.news", "A");
    fire();
    assertThat(inputs()).containsExactly("{\"symbols\":[\"A\"]}");
    assertThat(triggers.get("bad").counts().lastFault().orElseThrow().code())
        .isEqualTo("EXPRESSION");
    assertThat(triggers.get("odd").counts().lastFault().orElseThrow().code())
        .isEqualTo("INPUT_SCHEMA");
    assertThat(triggers.get("odd").counts().faults()).isEqualTo(1);
    assertThat(bench.count("trigger_start")).isOne();
  }

  @Test
  void a_ring_of_triggers_ends_and_shows_and_hurts_nobody_else() {
    create(
        bare(
            "ring",
            "workflow.started",
            "event.actor == 'trigger:ring' || event.actor == 'user:ann'"));
    create(plain("news", "market.news"));
    templates.start("analysis", Map.of("symbols", List.of("BEGIN")));
    for (int round = 0; round < 10; round++) {
      fire();
    }
    TriggerCounts counts = triggers.get("ring").counts();
    assertThat(counts.starts()).isEqualTo(CausationChain.MAX_REPEATS);
    assertThat(counts.loops()).isEqualTo(1);
    assertThat(counts.lastFault().orElseThrow().code()).isEqualTo("CAUSATION_LOOP");
    publish("user:ann", "market.news", "A");
    fire();
    assertThat(triggers.get("news").counts().starts()).isEqualTo(1);
    templates.start("analysis", Map.of("symbols", List.of("AGAIN")));
    fire();
    assertThat(triggers.get("ring").counts().starts())
        .as("another chain begins anew")
        .isGreaterThan(CausationChain.MAX_REPEATS);
  }

  @Test
  void what_tasks_publish_and_set_has_the_causes_of_their_workflow() {
    create(plain("news", "market.news"));
    create(bare("facts", "fact.set", "event.data.value == 'go'"));
    publish("user:ann", "market.news", "A");
    fire();
    String task =
        "tasks/"
            + bench.database.with(
                c -> NamedSql.on(c, "SELECT name FROM task").one(row -> row.getString(1)));
    publish(task, "market.news", "B");
    FactService facts =
        new FactService(
            new EngineContext(bench.database, bench.committer, null, Clock.systemUTC()));
    WorkflowBench.answer(
        facts.set(Fact.of("f", "go"), new Actor(task, ""), WorkflowBench.change("set")));
    fire();
    List<String> chains =
        bench.database.with(
            c ->
                NamedSql.on(c, "SELECT causation FROM workflow ORDER BY id")
                    .list(row -> row.getString(1)));
    assertThat(chains).containsExactly("{\"news\":1}", "{\"news\":2}", "{\"facts\":1,\"news\":1}");
  }

  @Test
  void a_condition_reads_facts_as_they_are() {
    create(when(plain("t", "market.news"), "has(facts.open) && facts.open"));
    publish("user:ann", "market.news", "A");
    fire();
    FactService facts =
        new FactService(
            new EngineContext(bench.database, bench.committer, null, Clock.systemUTC()));
    WorkflowBench.answer(
        facts.set(Fact.of("open", true), WorkflowBench.ANN, WorkflowBench.change("set")));
    publish("user:ann", "market.news", "B");
    fire();
    assertThat(inputs()).containsExactly("{\"symbols\":[\"B\"]}");
  }

  @Test
  void what_a_trigger_names_must_exist_and_its_name_be_free() {
    assertThatThrownBy(
            () ->
                create(
                    new Trigger(
                        "t",
                        "a.b",
                        Optional.empty(),
                        "absent",
                        Map.of(),
                        Optional.empty(),
                        Duration.ZERO)))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.TEMPLATE_UNKNOWN));
    assertThatThrownBy(() -> create(plain("t", "task.state_changed")))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).contains("trigger.condition"));
    create(plain("t", "a.b"));
    assertThatThrownBy(() -> create(plain("t", "a.b")))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.TRIGGER_EXISTS));
    assertThatThrownBy(
            () ->
                WorkflowBench.answer(
                    triggers.update(
                        "t",
                        Optional.of("\"7\""),
                        trigger -> plain("t", "c.d"),
                        before -> before,
                        WorkflowBench.ANN,
                        WorkflowBench.change("update"))))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.ETAG_MISMATCH));
    assertThat(triggers.list("", 10)).hasSize(1);
    assertThat(triggers.list("t", 10)).isEmpty();
  }

  @Test
  void a_template_that_was_deleted_since_shows_as_a_fault_and_the_next_version_starts() {
    create(plain("t", "market.news"));
    templates.delete("analysis", Optional.empty());
    publish("user:ann", "market.news", "A");
    fire();
    assertThat(triggers.get("t").counts().lastFault().orElseThrow().code())
        .isEqualTo("TEMPLATE_UNKNOWN");
    TriggerTrees.store(templates);
    publish("user:ann", "market.news", "B");
    fire();
    assertThat(inputs()).containsExactly("{\"symbols\":[\"B\"]}");
  }
}
