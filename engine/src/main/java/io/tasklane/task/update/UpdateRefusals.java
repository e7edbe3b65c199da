package io.tasklane.task.update;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.commit.Etag;
import io.tasklane.task.Task;
import io.tasklane.task.state.TaskState;
import java.util.Optional;

/** Why a task cannot be changed as requested. */
final class UpdateRefusals {
  private UpdateRefusals() {}

  static Optional<Refusal> of(UpdateTasks.Update update, Task task) {
    Optional<Refusal> changed = Etag.mismatch(task.name(), Etag.of(task.version()), asked(update));
    if (changed.isPresent()) {
      return changed;
    }
    if (task.isFinished()) {
      return Optional.of(
          refused(
              RefusalReason.TASK_ENDED,
              task,
              "is " + task.state() + " and cannot be changed any more"));
    }
    if (task.state() == TaskState.RUNNING || task.state() == TaskState.CANCELLING) {
      return Optional.of(
          refused(
              RefusalReason.TASK_STARTED,
              task,
              "is " + task.state() + "; only what waits can be changed"));
    }
    boolean tooLate =
        task.startTime().isPresent()
            && update.change().fields().stream().anyMatch(TaskUpdate.Field::isBeforeStartOnly);
    return tooLate
        ? Optional.of(
            refused(
                RefusalReason.TASK_STARTED,
                task,
                "has started before: run_after_time and expire_time mean nothing any more"))
        : Optional.empty();
  }

  private static Optional<String> asked(UpdateTasks.Update update) {
    return update.version().stream().mapToObj(Etag::of).findFirst();
  }

  private static Refusal refused(RefusalReason reason, Task task, String why) {
    return Refusal.precondition(reason, task.name(), why);
  }
}
