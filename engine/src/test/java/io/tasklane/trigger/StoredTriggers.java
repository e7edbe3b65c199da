package io.tasklane.trigger;

import io.tasklane.api.ExternalEvent;
import io.tasklane.database.NamedSql;
import io.tasklane.database.Postgres;
import io.tasklane.event.PublishEvents;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.workflow.execution.TemplateBench;
import io.tasklane.workflow.execution.TriggerBench;
import io.tasklane.workflow.execution.WorkflowBench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Triggers on a store of their own. */
abstract class StoredTriggers {
  static final Duration HOUR = Duration.ofHours(1);
  final TemplateBench templates = new TemplateBench();
  final WorkflowBench bench = templates.bench;
  final TriggerBench firing = new TriggerBench(bench);
  final TriggerService triggers = firing.triggers;

  @BeforeEach
  void store() {
    TriggerTrees.store(templates);
  }

  @AfterEach
  void close() {
    templates.close();
  }

  static Trigger plain(String name, String type) {
    return new Trigger(
        name,
        type,
        Optional.empty(),
        "analysis",
        Map.of("symbols", "events.map(e, e.data.symbol).distinct()"),
        Optional.empty(),
        Duration.ZERO);
  }

  static Trigger bare(String name, String type, String condition) {
    return new Trigger(
        name, type, Optional.of(condition), "analysis", Map.of(), Optional.empty(), Duration.ZERO);
  }

  static Trigger merging(String name, String key, Duration window) {
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

  static Trigger when(Trigger trigger, String condition) {
    return new Trigger(
        trigger.name(),
        trigger.eventType(),
        Optional.of(condition),
        trigger.template(),
        trigger.inputs(),
        trigger.coalesceKey(),
        trigger.coalesceWindow());
  }

  StoredTrigger create(Trigger trigger) {
    return WorkflowBench.answer(
        triggers.create(trigger, false, WorkflowBench.ANN, WorkflowBench.change("create")));
  }

  StoredTrigger disable(String name, boolean disabled) {
    return WorkflowBench.answer(
        triggers.update(
            name,
            Optional.empty(),
            trigger -> trigger,
            before -> disabled,
            WorkflowBench.ANN,
            WorkflowBench.change("update")));
  }

  StoredTrigger change(String name, Trigger other) {
    return WorkflowBench.answer(
        triggers.update(
            name,
            Optional.empty(),
            trigger -> other,
            before -> before,
            WorkflowBench.ANN,
            WorkflowBench.change("update")));
  }

  void publish(String principal, String type, String... symbols) {
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

  int fire() {
    return firing.fire(bench.committer);
  }

  List<String> inputs() {
    return bench.database.with(
        c ->
            NamedSql.on(c, "SELECT inputs FROM workflow ORDER BY id")
                .list(row -> row.getString(1)));
  }

  void endWindows() {
    Postgres.run(
        bench.database,
        "UPDATE trigger_window SET end_time = clock_timestamp() - interval '1 s'"
            + " WHERE isfinite(end_time)");
  }
}
