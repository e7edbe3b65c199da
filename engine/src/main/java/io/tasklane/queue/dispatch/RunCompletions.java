package io.tasklane.queue.dispatch;

import io.tasklane.task.Failure;
import io.tasklane.task.Progress;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.run.TaskRunner;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * Prepares what the end of a run writes: the move, the result, and the tasks it creates.
 *
 * @param checked checks a request on behalf of a principal and fills in its defaults
 * @param random draws jitter
 * @param clock the time
 */
public record RunCompletions(
    BiFunction<TaskRequest, String, NewTask> checked, RandomGenerator random, Clock clock) {
  /** What the end of this run writes. A refused child fails its parent for good. */
  CompleteAndClaim.Completion of(Task task, TaskRunner.Ran ran) {
    RunCompletion completion =
        RunCompletion.of(ran.end(), task.retryPolicy(), task.attempt(), random);
    try {
      List<NewTask> children =
          completion.children().stream().map(c -> checked.apply(c, task.name())).toList();
      return CompleteAndClaim.Completion.of(task, completion, children, ran.log(), ran.progress());
    } catch (RuntimeException refused) {
      return childRefused(task, refused, ran.log(), ran.progress());
    }
  }

  /** The failure of a task whose child was refused, for example because its queue is deleted. */
  CompleteAndClaim.Completion childRefused(
      Task task, RuntimeException refused, String log, Optional<Progress> progress) {
    return failed(task, "CHILD_REFUSED", refused, log, progress);
  }

  /** The failure of a task whose result the database did not accept. */
  CompleteAndClaim.Completion unstorable(Task task, Throwable why) {
    return failed(task, "RESULT_NOT_STORABLE", why, "", Optional.empty());
  }

  private CompleteAndClaim.Completion failed(
      Task task, String code, Throwable why, String log, Optional<Progress> progress) {
    Failure failure =
        new Failure(
            Failure.Kind.PERMANENT, code, String.valueOf(why.getMessage()), "", clock.instant());
    RunEnd end = new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
    RunCompletion completion = RunCompletion.of(end, task.retryPolicy(), task.attempt(), random);
    return CompleteAndClaim.Completion.of(task, completion, List.of(), log, progress);
  }
}
