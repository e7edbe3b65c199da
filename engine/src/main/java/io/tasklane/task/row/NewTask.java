package io.tasklane.task.row;

import io.tasklane.dependency.Dependency;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskResult;
import io.tasklane.task.TaskSpec;
import io.tasklane.task.TaskStatus;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.Timeouts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A checked task with every default filled in, about to become a row.
 *
 * @param spec what it is to do
 * @param chosenName whether the client chose the name, which may be taken already
 * @param queue key of the queue
 * @param principal who requested it
 * @param path of the task in its request, "" or "requests[i]."
 * @param listeners features that take part in the command that ends it, one bit each; 0 for none
 */
public record NewTask(
    TaskSpec spec,
    boolean chosenName,
    QueueKey queue,
    String principal,
    String path,
    int listeners) {
  /** Keys of the queues these tasks are for. */
  public static Set<QueueKey> queuesOf(List<NewTask> tasks) {
    if (tasks.size() == 1) {
      return Set.of(tasks.get(0).queue());
    }
    return tasks.stream().map(NewTask::queue).collect(Collectors.toSet());
  }

  /** "tasks/{task}". */
  public String name() {
    return spec.name();
  }

  /** Final part of its name. */
  public String taskId() {
    return spec.taskId();
  }

  /** Id of the queue. */
  public String queueId() {
    return spec.queue();
  }

  /** What must hold before it starts. */
  public StartConditions start() {
    return spec.start();
  }

  /** Business identity. */
  public Optional<String> deduplicationKey() {
    return spec.deduplicationKey();
  }

  /** How urgent it is. */
  public Priority priority() {
    return spec.priority();
  }

  /** Rules that limit when its runs may overlap with others. */
  public RunRules rules() {
    return spec.rules();
  }

  /** Ids of the tasks it needs. */
  public Set<String> needs() {
    return start().dependencies().stream().map(Dependency::taskId).collect(Collectors.toSet());
  }

  /** The same with these dependencies, after another name was found to mean the same task. */
  public NewTask withDependencies(List<Dependency> dependencies) {
    return with(
        spec.withStart(
            new StartConditions(dependencies, start().runAfter(), start().expireTime())));
  }

  /** The same to do this. */
  public NewTask with(TaskSpec other) {
    return new NewTask(other, chosenName, queue, principal, path, listeners);
  }

  /** The same, started only when this holds. */
  public NewTask withStart(StartConditions conditions) {
    return with(spec.withStart(conditions));
  }

  /** The same with this business identity. */
  public NewTask withDeduplicationKey(String key) {
    return with(spec.withDeduplicationKey(key));
  }

  /** The same with these time limits. */
  public NewTask withTimeouts(Timeouts limits) {
    return with(spec.withTimeouts(limits));
  }

  /** The same with these rules. */
  public NewTask withRules(RunRules binding) {
    return with(spec.withRules(binding));
  }

  /** The same with this input. */
  public NewTask withInput(Payload input) {
    return with(spec.withInput(input));
  }

  /** The same with these listeners. */
  public NewTask withListeners(int bits) {
    return new NewTask(spec, chosenName, queue, principal, path, bits);
  }

  /**
   * The task as in its new row, without reading it back.
   *
   * @param state its initial state
   * @param failure why it was ruled out, if it was
   */
  public Task asCreated(
      TaskKey id, long revision, Instant at, TaskState state, Optional<Failure> failure) {
    TaskStatus status = TaskStatus.created(state, failure, at, revision);
    return new Task(id, at, Optional.empty(), principal, spec, status, TaskResult.NONE);
  }
}
