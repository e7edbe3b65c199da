package io.tasklane.differential;

import io.tasklane.queue.QueueState;
import io.tasklane.task.state.Move;
import io.tasklane.task.state.MoveTable;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How tasks are created, and how a repeated request is answered. */
final class ModelCreation {
  private final Model model;

  ModelCreation(Model model) {
    this.model = model;
  }

  String create(Command.Create create) {
    return model.requests.once(
        "create", create.requestId(), create.tasks(), () -> createAll(create.tasks()));
  }

  private String createAll(List<TaskSpec> asked) {
    Map<String, ModelTask> doubles = new HashMap<>();
    for (TaskSpec spec : asked) {
      doubleOf(spec).ifPresent(task -> doubles.put(spec.name(), task));
    }
    List<TaskSpec> fresh =
        asked.stream()
            .filter(spec -> !doubles.containsKey(spec.name()))
            .map(spec -> meaning(spec, doubles))
            .toList();
    Optional<String> refusal = refusal(fresh);
    if (refusal.isPresent()) {
      return "refused " + refusal.get();
    }
    fresh.forEach(
        spec -> model.tasks.put(spec.name(), new ModelTask(model.tasks.size() + 1, spec)));
    inOrderOfNeeds(fresh).forEach(spec -> stand(model.tasks.get(spec.name())));
    fresh.forEach(spec -> bear(model.tasks.get(spec.name())));
    List<String> answers = new ArrayList<>();
    for (TaskSpec spec : asked) {
      ModelTask existing = doubles.get(spec.name());
      answers.add(
          existing != null
              ? existing.name() + " exists"
              : spec.name() + " " + model.tasks.get(spec.name()).state);
    }
    return String.join(", ", answers);
  }

  private Optional<ModelTask> doubleOf(TaskSpec spec) {
    return model
        .inQueue(spec.queue())
        .filter(task -> !task.state.isFinal() && !spec.deduplicationKey().isEmpty())
        .filter(task -> task.spec.deduplicationKey().equals(spec.deduplicationKey()))
        .findFirst();
  }

  /** A need of a task that is not created, because it exists, means the existing one. */
  private static TaskSpec meaning(TaskSpec spec, Map<String, ModelTask> doubles) {
    Map<String, TaskSpec.Need> needs = new LinkedHashMap<>();
    for (TaskSpec.Need need : spec.needs()) {
      ModelTask existing = doubles.get(need.task());
      String name = existing == null ? need.task() : existing.name();
      needs.put(name, new TaskSpec.Need(name, need.policy()));
    }
    return spec.needing(List.copyOf(needs.values()));
  }

  private Optional<String> refusal(List<TaskSpec> fresh) {
    for (TaskSpec spec : fresh) {
      if (model.queues.get(spec.queue()).state == QueueState.DRAINING) {
        return Optional.of("QUEUE_DRAINING");
      }
    }
    Set<String> names = new HashSet<>(model.tasks.keySet());
    Set<String> keys = new HashSet<>();
    for (TaskSpec spec : fresh) {
      if (!names.add(spec.name())) {
        return Optional.of("TASK_EXISTS");
      }
      if (!spec.deduplicationKey().isEmpty()
          && !keys.add(spec.queue() + "/" + spec.deduplicationKey())) {
        return Optional.of("INVALID_FIELD");
      }
    }
    boolean tooMany =
        fresh.stream()
            .flatMap(spec -> spec.units().entrySet().stream())
            .anyMatch(need -> need.getValue() > model.resources.get(need.getKey()));
    if (tooMany) {
      return Optional.of("INVALID_FIELD");
    }
    boolean unknown =
        fresh.stream()
            .flatMap(spec -> spec.needs().stream())
            .anyMatch(need -> !names.contains(need.task()));
    if (unknown) {
      return Optional.of("DEPENDENCY_UNKNOWN");
    }
    return inOrderOfNeeds(fresh).size() < fresh.size()
        ? Optional.of("DEPENDENCY_CYCLE")
        : Optional.empty();
  }

  /** Those that need nothing of one another first; without those that are, or wait for, a cycle. */
  private List<TaskSpec> inOrderOfNeeds(List<TaskSpec> specs) {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    Map<String, String> lastOfKey = new HashMap<>();
    for (TaskSpec spec : specs) {
      Set<String> before = needs.computeIfAbsent(spec.name(), k -> new HashSet<>());
      spec.needs().forEach(need -> before.add(need.task()));
      if (!spec.orderingKey().isEmpty()) {
        Optional.ofNullable(lastOfKey.put(spec.orderingKey(), spec.name())).ifPresent(before::add);
      }
    }
    List<TaskSpec> order = new ArrayList<>();
    Set<String> open = new HashSet<>(needs.keySet());
    for (boolean found = true; found; ) {
      found = false;
      for (TaskSpec spec : specs) {
        if (open.contains(spec.name())
            && needs.get(spec.name()).stream().noneMatch(open::contains)) {
          open.remove(spec.name());
          order.add(spec);
          found = true;
        }
      }
    }
    return order;
  }

  /** Where it stands with the tasks that it needs. */
  private void stand(ModelTask task) {
    for (TaskSpec.Need need : task.spec.needs()) {
      TaskState state = model.tasks.get(need.task()).state;
      if (state == null || !state.isFinal()) { // one of the same command has no state yet
        task.unmet++;
        continue;
      }
      Optional<String> reason = ModelEnds.reason(need, state).findFirst();
      if (reason.isPresent()) {
        task.fault =
            new ModelTask.Fault("DEPENDENCY", "DEPENDENCY_NOT_MET", reason.get(), "", null);
        task.state = TaskState.SKIPPED;
        return;
      }
    }
  }

  private void bear(ModelTask task) {
    boolean out = task.fault != null;
    Move move =
        out
            ? Move.RULE_OUT
            : task.unmet > 0
                ? Move.BLOCK
                : task.runAfterHour > model.hour() ? Move.SCHEDULE : Move.SUBMIT;
    task.state = MoveTable.STANDARD.require(null, move);
    task.version = 1;
    String detail = out ? "DEPENDENCY_NOT_MET" : "";
    task.created = model.log(task, move, null, Model.CLIENT, detail).time("at");
    task.since = task.created;
    if (out) {
      task.ended = task.created;
      task.endStep = model.step();
      task.fault =
          new ModelTask.Fault(
              task.fault.kind(), task.fault.code(), task.fault.message(), "", task.created);
    } else {
      model.ends.lineUp(task);
    }
  }

  String repeat(Command.Repeat repeat) {
    String method = repeat.deadLetter() ? "replay" : "retry";
    return model.requests.once(method, repeat.requestId(), repeat, () -> repeatOnce(repeat));
  }

  private String repeatOnce(Command.Repeat repeat) {
    ModelTask original = model.tasks.get(repeat.task());
    Facts letter = model.deadLetters.get(repeat.task());
    if (repeat.deadLetter() && letter == null) {
      return "refused DEAD_LETTER_NOT_FOUND";
    }
    if (original == null) {
      return "refused TASK_NOT_FOUND";
    }
    if (!repeat.deadLetter() && !original.state.isFinal()) {
      return "refused TASK_NOT_ENDED";
    }
    if (!repeat.deadLetter() && original.state == TaskState.SUCCEEDED) {
      return "refused TASK_SUCCEEDED";
    }
    String answer = createAll(List.of(repeat.copy()));
    if (answer.startsWith("refused")) {
      return answer;
    }
    model.tasks.get(repeat.copy().name()).retryOf = original.name();
    if (repeat.deadLetter()) {
      String replays = letter.text("replays");
      letter.put("replays", replays.isEmpty() ? 1 : Integer.parseInt(replays) + 1);
      letter.put("replayer", Model.CLIENT + ": once more");
      ModelView.deadLetterEvent(model, original, letter, repeat.copy().name());
      letter.put("replayed", "in hour " + model.hour());
    }
    return answer;
  }
}
