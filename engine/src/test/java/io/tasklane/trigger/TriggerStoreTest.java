package io.tasklane.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.api.ExternalEvent;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.event.PublishEvents;
import io.tasklane.fact.Fact;
import io.tasklane.fact.FactService;
import io.tasklane.feature.EngineContext;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.workflow.execution.TemplateBench;
import io.tasklane.workflow.execution.TriggerBench;
import io.tasklane.workflow.execution.WorkflowBench;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Triggers on the real store: each event is in exactly one start. */
class TriggerStoreTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private final TemplateBench templates = new TemplateBench();
  private final WorkflowBench bench = templates.bench;
  private final TriggerBench firing = new TriggerBench(bench);
  private final TriggerService triggers = firing.triggers;

  @BeforeEach
  void store() {
    TriggerTrees.store(templates);
  }

  @AfterEach
  void close() {
    templates.close();
  }

  private static Trigger plain(String name, String type) {
    return new Trigger(
        name,
        type,
        Optional.empty(),
        "analysis",
        Map.of("symbols", "events.map(e, e.data.symbol).distinct()"),
        Optional.empty(),
        Duration.ZERO);
  }

  private static Trigger bare(String name, String type, String condition) {
    return new Trigger(
        name, type, Optional.of(condition), "analysis", Map.of(), Optional.empty(), Duration.ZERO);
  }

  private static Trigger merging(String name, String key, Duration window) {
    Trigger plain = plain(name, "portfolio.updated");
    return new Trigger(
        name,
        plain.eventType(),
        plain.condition(),
        plain.template(),
        plain.inputs(),
        Optional.of(key).filter(text -> !text.isEmpty()),
        window);
  }

  private static Trigger when(Trigger trigger, String condition) {
    return new Trigger(
        trigger.name(),
        trigger.eventType(),
        Optional.of(condition),
        trigger.template(),
        trigger.inputs(),
        trigger.coalesceKey(),
        trigger.coalesceWindow());
  }

  private StoredTrigger create(Trigger trigger) {
    return WorkflowBench.answer(
        triggers.create(trigger, false, WorkflowBench.ANN, WorkflowBench.change("create")));
  }

  private StoredTrigger disable(String name, boolean disabled) {
    return WorkflowBench.answer(
        triggers.update(
            name,
            Optional.empty(),
            trigger -> trigger,
            before -> disabled,
            WorkflowBench.ANN,
            WorkflowBench.change("update")));
  }

  private StoredTrigger change(String name, Trigger other) {
    return WorkflowBench.answer(
        triggers.update(
            name,
            Optional.empty(),
            trigger -> other,
            before -> before,
            WorkflowBench.ANN,
            WorkflowBench.change("update")));
  }

  private void publish(String principal, String type, String... symbols) {
    List<ExternalEvent> events =
        List.of(symbols).stream()
            .map(
                symbol ->
                    new ExternalEvent(
                        new Publication(
                            type,
                            "symbols/" + symbol,
                            Payload.json("{\"symbol\":\"" + symbol + "\"}")),
                        Optional.empty()))
            .toList();
    bench.submit(new PublishEvents(), new PublishEvents.Wanted(principal, events));
  }

  private int fire() {
    return firing.fire(bench.committer);
  }

  private List<String> inputs() {
    return bench.database.with(
        c ->
            NamedSql.on(c, "SELECT inputs FROM workflow ORDER BY id")
                .list(row -> row.getString(1)));
  }

  private void endWindows() {
    Postgres.run(
        bench.database,
        "UPDATE trigger_window SET end_time = clock_timestamp() - interval '1 s'"
            + " WHERE isfinite(end_time)");
  }

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
