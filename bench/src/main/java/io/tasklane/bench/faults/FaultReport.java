package io.tasklane.bench.faults;

import com.google.gson.Gson;
import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.Move;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened, in figures, as a record tells it. */
final class FaultReport {
  static final String HEALED = "all_nodes_healed";
  private final List<Entry> entries;
  private final Map<String, Object> figures = new LinkedHashMap<>();

  FaultReport(List<Entry> entries) {
    this.entries = entries;
    Map<String, Long> faults = count(Entry.Struck.class, Entry.Struck::kind);
    figures.put("faults", faults.values().stream().mapToLong(Long::longValue).sum());
    figures.put("faults_by_kind", faults);
    figures.put("tasks", of(Entry.Created.class).count());
    figures.put("creates_unanswered", of(Entry.CreateUnanswered.class).count());
    figures.put("unanswered_that_exist", found());
    figures.put("tasks_by_queue", byQueue());
    figures.put(
        "tasks_with_ordering_key",
        of(Entry.Created.class).filter(created -> created.sharing().isKeyed()).count());
    figures.put(
        "tasks_with_resource",
        of(Entry.Created.class).filter(created -> created.sharing().units() > 0).count());
    figures.put("tasks_by_end", count(Entry.Ended.class, ended -> ended.state().name()));
    figures.put("cancels_asked", of(Entry.CancelAsked.class).count());
    figures.put("events", of(Entry.Moved.class).count());
    figures.put("runs", of(Entry.Moved.class).filter(m -> m.move() == Move.CLAIM).count());
    figures.put("leases_lost", of(Entry.Ended.class).mapToLong(Entry.Ended::lostCount).sum());
    figures.put(
        "failed_for_lost_leases",
        of(Entry.Ended.class).filter(e -> e.failureCode().equals("LEASE_LOST")).count());
    figures.put(
        "tasks_that_kill", of(Entry.Created.class).filter(c -> c.behaviour().kills() > 0).count());
    figures.put("nodes_killed_by_tasks", of(Entry.Kills.class).count());
    figures.put(
        "runs_that_threw_errors",
        of(Entry.Ended.class)
            .flatMap(ended -> ended.runs().stream())
            .filter(run -> run.failureCode().equals(Behaviour.UNEXPECTED))
            .count());
    figures.put("foreign_messages", of(Entry.ForeignSent.class).count());
    figures.put("foreign_messages_moved", of(Entry.ForeignMoved.class).count());
    figures.put("runs_cut_short", of(Entry.Begun.class).count() - of(Entry.Returned.class).count());
    figures.put("stale_results_refused", staleResults());
    figures.put("effects", of(Entry.Effect.class).filter(Entry.Effect::accepted).count());
    figures.put("stale_effects_refused", of(Entry.Effect.class).filter(e -> !e.accepted()).count());
  }

  private <E extends Entry> Stream<E> of(Class<E> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast);
  }

  private <E extends Entry> Map<String, Long> count(Class<E> kind, Function<E, String> by) {
    return of(kind).collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
  }

  private long found() {
    Set<String> read = of(Entry.Ended.class).map(Entry.Ended::task).collect(Collectors.toSet());
    return of(Entry.CreateUnanswered.class)
        .filter(create -> read.contains(create.wanted().task()))
        .count();
  }

  /** Acknowledged tasks by what their queue is. */
  private Map<String, Long> byQueue() {
    Map<String, String> kinds =
        of(Entry.QueueMade.class)
            .collect(Collectors.toMap(Entry.QueueMade::queue, FaultReport::kind, (a, b) -> a));
    return count(Entry.Created.class, created -> kinds.getOrDefault(created.queue(), "unknown"));
  }

  private static String kind(Entry.QueueMade queue) {
    String kind = queue.grouped() ? "GROUPED" : queue.agingMillis() > 0 ? "AGED" : "STRICT";
    return kind + ", concurrency " + queue.concurrency();
  }

  /** Runs that returned a result which is not their task's, because another run came after them. */
  private long staleResults() {
    Map<String, Long> tokens =
        of(Entry.Ended.class)
            .collect(Collectors.toMap(Entry.Ended::task, Entry.Ended::resultToken, Math::max));
    return of(Entry.Returned.class)
        .filter(returned -> returned.outcome() == Entry.Outcome.RESULT)
        .filter(returned -> tokens.containsKey(returned.task()))
        .filter(returned -> returned.token() != tokens.get(returned.task()))
        .count();
  }

  List<Entry> entries() {
    return entries;
  }

  FaultReport put(String name, Object value) {
    figures.put(name, value);
    return this;
  }

  /** Whether every node worked when nothing was broken any more; true where that is not told. */
  boolean isHealed() {
    return !Boolean.FALSE.equals(figures.get(HEALED));
  }

  String json() {
    return new Gson().toJson(figures);
  }

  String text() {
    return figures.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%-24s %s", e.getKey(), e.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
