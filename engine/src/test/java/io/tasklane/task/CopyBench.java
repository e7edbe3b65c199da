package io.tasklane.task;

import io.tasklane.api.CopyOptions;
import io.tasklane.commit.Ownership;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.type.Handlers;
import io.tasklane.task.type.SystemTypes;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A store whose tasks are created and copied with all checks of a server. */
final class CopyBench implements AutoCloseable {
  final StoreBench store = new StoreBench();
  final TaskAdmission admission =
      new TaskAdmission(
          new QueueDirectory(store.database),
          new Handlers(SystemTypes.all()),
          () -> UUID.randomUUID().toString(),
          Clock.systemUTC());
  private final CopyTasks copies = new CopyTasks(store.creation, admission::again);
  private Ownership owner;

  static TaskRequest noop(String taskId) {
    return TaskRequest.of(StoreBench.QUEUE, "system.noop", Payload.json("{}")).withTaskId(taskId);
  }

  Task create(TaskRequest request) {
    return store.create(admission.admit(request, "", "tester"));
  }

  /** Creates it, and lets the next task of the queue, which should be it, end so. */
  Task create(TaskRequest request, RunEnd end) {
    create(request);
    return end(request.taskId().orElseThrow(), end);
  }

  /** Lets the next task of the queue, which should be this one, end so. */
  Task end(String taskId, RunEnd end) {
    owner = owner == null ? store.take("n1", 1).orElseThrow() : owner;
    Task run = store.claim(owner).claimed().orElseThrow();
    if (!run.taskId().equals(taskId)) {
      throw new IllegalStateException(run.name() + " runs instead of " + taskId);
    }
    store.complete(owner, run, end, false);
    return store.read(taskId);
  }

  static RunEnd failed() {
    Failure failure = new Failure(Failure.Kind.PERMANENT, "BAD", "no price", "", Instant.EPOCH);
    return new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
  }

  Task retry(String taskId) {
    return copy(taskId, CopyTasks.Origin.TASK, CopyOptions.NONE);
  }

  Task replay(String taskId) {
    return copy(taskId, CopyTasks.Origin.DEAD_LETTER, CopyOptions.NONE);
  }

  Task copy(String taskId, CopyTasks.Origin origin, CopyOptions options) {
    return StoreBench.get(
        store.committer.submit(
            copies,
            new CopyTasks.Request(taskId, origin, options, new Actor("ann", "feed is back"))));
  }

  @Override
  public void close() {
    store.close();
  }
}
