package io.tasklane.differential;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What readers would say of a model. */
final class ModelView {
  private ModelView() {}

  static View of(Model model, List<List<String>> outcomes) {
    Map<String, Facts> tasks = new LinkedHashMap<>();
    Map<String, List<Facts>> attempts = new LinkedHashMap<>();
    for (ModelTask task : model.tasks.values()) {
      tasks.put(task.name(), task(model, task));
      attempts.put(task.name(), attempts(task));
    }
    Map<String, Facts> queues = new TreeMap<>();
    model.queues.forEach((id, queue) -> queues.put(id, queue(queue)));
    return new View(
        Model.BEGIN, outcomes, tasks, attempts, letters(model), model.events, queues, lists(model));
  }

  private static Facts task(Model model, ModelTask task) {
    TaskSpec spec = task.spec;
    Facts facts = new Facts().put("queue", spec.queue()).put("type", spec.type());
    facts.put("state", task.state).put("priority", task.priority);
    facts.put("attempts", spec.attempts()).put("backoff", spec.backoffMinutes() + "m");
    facts.put("queue-timeout", hours(spec.queueHours()));
    facts.put("total-timeout", hours(spec.totalHours()));
    facts.put("labels", new TreeMap<>(task.labels));
    facts.put("needs", needs(spec)).put("dedup", spec.deduplicationKey());
    facts.put("key", spec.orderingKey()).put("units", new TreeMap<>(spec.units()));
    facts.put("preemptible", spec.preemptible());
    facts.put("run-after", at(task.runAfterHour)).put("expires", at(task.expireHour));
    facts.put("runs", task.attempt + "/" + task.lost + "/#" + task.run);
    facts.put("node", task.node).put("progress", task.progress);
    facts.put("result", task.result).put("partial", task.partial);
    putFault(facts, task.fault);
    facts.put("cancelled-by", task.canceller);
    facts.put("created", task.created).put("start", task.started).put("end", task.ended);
    facts.put("next-attempt", task.nextAttempt).put("total-deadline", task.totalDeadline);
    if (!task.result.isEmpty()) {
      facts.put("result-until", task.ended.plusSeconds(TaskSpec.RESULT_HOURS * 3_600L));
    }
    facts.put("version", task.version).put("retry-of", task.retryOf);
    List<Facts> events = model.events.get("tasks/" + task.name());
    return facts.put("revision", "#" + events.size());
  }

  private static String hours(int hours) {
    return hours == 0 ? "" : hours + "h";
  }

  private static Instant at(int hour) {
    return hour == 0 ? null : Model.BEGIN.plusSeconds(hour * 3_600L);
  }

  private static String needs(TaskSpec spec) {
    List<String> needs = new ArrayList<>();
    spec.needs().forEach(need -> needs.add(need.task() + ":" + need.policy()));
    return String.join(",", needs);
  }

  private static List<Facts> attempts(ModelTask task) {
    List<Facts> attempts = new ArrayList<>(task.attempts);
    if (task.isRunning()) {
      Facts attempt = new Facts().put("number", task.attempt).put("node", task.node);
      attempts.add(attempt.put("start", task.started));
    }
    return attempts;
  }

  static void putFault(Facts facts, ModelTask.Fault fault) {
    if (fault != null) {
      facts.put("failure", fault.kind() + " " + fault.code()).put("message", fault.message());
      facts.put("trace", fault.trace()).put("failed", fault.time());
    }
  }

  private static Map<String, Facts> letters(Model model) {
    Map<String, Facts> letters = new LinkedHashMap<>();
    model.deadLetters.forEach(
        (name, letter) -> {
          ModelTask task = model.tasks.get(name);
          Facts facts = new Facts().put("queue", task.spec.queue()).put("type", task.spec.type());
          letter.fields().forEach(facts::put);
          letters.put(name, facts);
        });
    return letters;
  }

  private static Facts queue(ModelQueue queue) {
    Facts facts = new Facts().put("state", queue.state).put("owner", queue.owner);
    return facts.put("version", queue.version).put("paused", queue.paused);
  }

  static String progress(int units) {
    return units + "/9 unit " + units;
  }

  /** What an event of progress tells. */
  static String progressDetail(int units) {
    return "{completed_units="
        + units
        + ", current_unit=unit "
        + units
        + ", message=, total_units=9}";
  }

  /** Logs what happened to a dead letter. */
  static void deadLetterEvent(Model model, ModelTask task, Facts letter, String copy) {
    boolean replayed = !copy.isEmpty();
    Facts event =
        model.event(replayed ? "dead_letter.replayed" : "dead_letter.discarded", Model.CLIENT);
    Map<String, String> data = new TreeMap<>();
    data.put("queue", "queues/" + task.spec.queue());
    data.put("task", "tasks/" + task.name());
    data.put("task_type", task.spec.type());
    data.put("failure_code", task.fault.code());
    data.put("fingerprint", letter.text("fingerprint"));
    data.put("reason", replayed ? "once more" : "done with");
    if (replayed) {
      data.put("replay", "tasks/" + copy);
    }
    event.put("data", data.toString());
    model.events.computeIfAbsent("deadLetters/" + task.name(), k -> new ArrayList<>()).add(event);
  }

  private static Map<String, List<String>> lists(Model model) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (ListQuery query : ListQuery.ALL) {
      lists.put(query.text(), find(model, query));
    }
    return lists;
  }

  private static List<String> find(Model model, ListQuery query) {
    Predicate<ModelTask> fits =
        task -> query.states().isEmpty() || query.states().contains(task.state);
    return model.tasks.values().stream()
        .filter(fits)
        .filter(task -> query.queue().isEmpty() || query.queue().equals(task.spec.queue()))
        .filter(task -> query.type().isEmpty() || query.type().equals(task.spec.type()))
        .filter(task -> query.priority() == 0 || query.priority() == task.priority)
        .filter(task -> task.labels.entrySet().containsAll(query.labels().entrySet()))
        .filter(task -> query.failureCode().isEmpty() || hasFailed(task, query.failureCode()))
        .filter(task -> !query.isByEnd() || task.state.isFinal())
        .sorted(order(query))
        .map(ModelTask::name)
        .toList();
  }

  private static boolean hasFailed(ModelTask task, String code) {
    return task.state.isFinal() && task.fault != null && task.fault.code().equals(code);
  }

  private static Comparator<ModelTask> order(ListQuery query) {
    Comparator<ModelTask> byId = Comparator.comparingInt(ModelTask::id);
    return query.isByEnd()
        ? Comparator.comparingInt((ModelTask task) -> task.endStep).thenComparing(byId).reversed()
        : byId.reversed();
  }
}
