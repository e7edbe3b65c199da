package io.tasklane.task.create;

import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Outcome;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyResolver;
import io.tasklane.dependency.NeedRows;
import io.tasklane.dependency.NeededTask;
import io.tasklane.key.TaskKey;
import io.tasklane.resource.NeededUnits;
import io.tasklane.task.Task;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.PlannedTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands of one batch that create tasks: what exists already in the tables, and which
 * commands may be written together. A command that depends on another of the same batch goes into
 * the next batch.
 */
final class CreationBatch {
  /**
   * A command whose tasks will be created.
   *
   * @param command the tasks as they were asked for
   * @param doubled those that exist already, by the requested ids
   */
  record Accepted(List<NewTask> command, Map<String, Task> doubled) {
    List<Creation> creations(Map<String, Task> created) {
      return command.stream()
          .map(
              task ->
                  doubled.containsKey(task.taskId())
                      ? new Creation(doubled.get(task.taskId()), true)
                      : new Creation(created.get(task.taskId()), false))
          .toList();
    }
  }

  private final DependencyResolver resolver;
  private final Set<String> taken;
  private final Map<Duplicates.Identity, Task> doubles;
  private final Map<String, NeededTask> needed;
  private final NamedArtifacts artifacts;
  private final NeededUnits units;
  private final Set<String> names = new HashSet<>();
  private final Set<Duplicates.Identity> identities = new HashSet<>();
  private final List<PlannedTask> arrivals = new ArrayList<>();

  /** Looks up what exists already, and locks the tasks and artifacts that the commands need. */
  CreationBatch(Connection connection, List<List<NewTask>> commands, DependencyResolver resolver)
      throws SQLException {
    List<NewTask> all = commands.stream().flatMap(List::stream).toList();
    this.resolver = resolver;
    this.doubles = Duplicates.find(connection, all);
    this.taken = TakenNames.among(connection, all);
    this.needed = NeedRows.lock(connection, neededBy(all, doubles.values()));
    this.artifacts = NamedArtifacts.lock(connection, all);
    this.units = NeededUnits.lock(connection, resourcesOf(all));
  }

  /** Includes the duplicates if anything is needed at all: a need may name one of them. */
  private static Set<String> neededBy(List<NewTask> all, Collection<Task> doubles) {
    Set<String> needs = all.stream().flatMap(t -> t.needs().stream()).collect(Collectors.toSet());
    if (!needs.isEmpty()) {
      doubles.forEach(task -> needs.add(task.taskId()));
    }
    return needs;
  }

  /**
   * Decides about a command; if it may be written its tasks join the planned tasks.
   *
   * @param intake whether queues take the tasks that do not exist yet
   */
  Outcome<Accepted> accept(List<NewTask> command, IntakeCheck intake) throws SQLException {
    Map<String, Task> doubled = doubled(command);
    List<NewTask> fresh =
        command.stream()
            .filter(task -> !doubled.containsKey(task.taskId()))
            .map(task -> meaning(task, doubled))
            .toList();
    Optional<Outcome<Accepted>> kept = intake.keepsOut(fresh);
    if (kept.isPresent()) {
      return kept.get();
    }
    if (clashesWithinBatch(fresh)) {
      return Outcome.again();
    }
    Optional<Refusal> clash =
        clash(fresh).or(() -> artifacts.refusal(fresh)).or(() -> shortOfUnits(fresh));
    if (clash.isPresent()) {
      return Outcome.refused(clash.get());
    }
    try {
      arrivals.addAll(DependencyPlan.of(resolver, fresh, needed));
    } catch (Refusal refusal) {
      return Outcome.refused(refusal);
    }
    fresh.forEach(task -> names.add(task.taskId()));
    identitiesOf(fresh).forEach(identities::add);
    return Outcome.done(new Accepted(command, doubled));
  }

  private static Set<String> resourcesOf(List<NewTask> tasks) {
    return tasks.stream()
        .flatMap(task -> task.rules().resourceUnits().keySet().stream())
        .collect(Collectors.toSet());
  }

  private Optional<Refusal> shortOfUnits(List<NewTask> fresh) {
    return fresh.stream()
        .flatMap(
            task ->
                units
                    .refusal(task.rules().resourceUnits(), task.path() + "task.resource_units")
                    .stream())
        .findFirst();
  }

  /** Writes the resource units that these tasks need. */
  void keepUnits(Connection connection, Collection<Task> created) throws SQLException {
    List<NeededUnits.Need> needs = new ArrayList<>();
    for (Task task : created) {
      if (!task.isFinished()) {
        task.rules()
            .resourceUnits()
            .forEach((id, count) -> needs.add(new NeededUnits.Need(task.id(), id, count)));
      }
    }
    units.keep(connection, needs);
  }

  private Map<String, Task> doubled(List<NewTask> command) {
    Map<String, Task> doubled = new HashMap<>();
    for (NewTask task : command) {
      if (task.deduplicationKey().isPresent()) {
        Task unfinished = doubles.get(Duplicates.Identity.of(task));
        if (unfinished != null) {
          doubled.put(task.taskId(), unfinished);
        }
      }
    }
    return doubled;
  }

  /** A need that names a task which is not created because it exists means the existing one. */
  private static NewTask meaning(NewTask task, Map<String, Task> doubled) {
    if (doubled.isEmpty() || task.start().dependencies().isEmpty()) {
      return task;
    }
    Map<String, Dependency> meant = new LinkedHashMap<>();
    for (Dependency dependency : task.start().dependencies()) {
      Task existing = doubled.get(dependency.taskId());
      String id = existing == null ? dependency.taskId() : existing.taskId();
      meant.put(id, new Dependency(id, dependency.policy(), dependency.inputKey()));
    }
    return task.withDependencies(List.copyOf(meant.values()));
  }

  /** Another command of this batch has the name or the key, or creates what this one needs. */
  private boolean clashesWithinBatch(List<NewTask> fresh) {
    return fresh.stream()
            .anyMatch(
                task ->
                    names.contains(task.taskId())
                        || task.needs().stream().anyMatch(names::contains))
        || identitiesOf(fresh).anyMatch(identities::contains);
  }

  private static Stream<Duplicates.Identity> identitiesOf(List<NewTask> tasks) {
    return tasks.stream()
        .filter(task -> task.deduplicationKey().isPresent())
        .map(Duplicates.Identity::of);
  }

  private Optional<Refusal> clash(List<NewTask> fresh) {
    Set<String> own = new HashSet<>();
    Set<Duplicates.Identity> keys = new HashSet<>();
    for (NewTask task : fresh) {
      if (taken.contains(task.taskId()) || !own.add(task.taskId())) {
        return Optional.of(
            Refusal.about(
                Refusal.Sort.ALREADY_EXISTS,
                RefusalReason.TASK_EXISTS,
                task.name(),
                "exists already; choose another task_id or leave it empty"));
      }
      if (task.deduplicationKey().isPresent() && !keys.add(Duplicates.Identity.of(task))) {
        return Optional.of(
            Refusal.invalid(
                RefusalReason.INVALID_FIELD,
                task.path() + "task.deduplication_key",
                "\""
                    + task.deduplicationKey().get()
                    + "\" stands twice for one queue in this request: once is allowed"));
      }
    }
    return Optional.empty();
  }

  /** The tasks to write, in the order of the commands. */
  List<PlannedTask> arrivals() {
    return arrivals;
  }

  /** The key of a needed task that existed before this batch. */
  TaskKey existing(String taskId) {
    return needed.get(taskId).id();
  }
}
