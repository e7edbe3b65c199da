package io.tasklane.queue.dispatch;

import io.tasklane.api.Refusal;
import io.tasklane.fault.ErrorText;
import io.tasklane.fault.FatalErrors;
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
    return of(task, task.attempt(), ran);
  }

  /**
   * The same for a task as it was before its run.
   *
   * @param attempt number of the attempt that has ended
   */
  public CompleteAndClaim.Completion of(Task task, int attempt, TaskRunner.Ran ran) {
    try {
      RunCompletion completion = RunCompletion.of(ran.end(), task.retryPolicy(), attempt, random);
      List<NewTask> children =
          completion.children().stream().map(c -> checked.apply(c, task.name())).toList();
      return CompleteAndClaim.Completion.of(task, completion, children, ran.log(), ran.progress());
    } catch (Refusal refused) {
      return childRefused(task, refused, ran.log(), ran.progress());
    } catch (RuntimeException | Error thrown) {
      FatalErrors.passOn(thrown);
      return unexpected(task, thrown, ran);
    }
  }

  /** The failure of a task whose child was refused, for example because its queue is deleted. */
  public CompleteAndClaim.Completion childRefused(
      Task task, Refusal refused, String log, Optional<Progress> progress) {
    return failed(task, permanent("CHILD_REFUSED", refused.getMessage()), log, progress);
  }

  /** The failure of a task whose result the database did not accept. */
  public CompleteAndClaim.Completion unstorable(Task task, Throwable why) {
    return failed(
        task, permanent("RESULT_NOT_STORABLE", ErrorText.messageOf(why)), "", Optional.empty());
  }

  /** The failure of the attempt of a run that had ended, and whose end could not be decided. */
  private CompleteAndClaim.Completion unexpected(Task task, Throwable thrown, TaskRunner.Ran ran) {
    Failure failure =
        new Failure(
            Failure.Kind.RETRYABLE,
            "UNEXPECTED",
            ErrorText.of(thrown),
            ErrorText.traceOf(thrown),
            clock.instant());
    return failed(task, failure, ran.log(), ran.progress());
  }

  /** The end of an attempt of which nothing is left but its lease. */
  CompleteAndClaim.Completion orphaned(OrphanedRuns.Orphan orphan) {
    String what = orphan.name() + ": no thread of its node has its run in hand";
    Failure failure =
        orphan.isOver()
            ? new Failure(
                Failure.Kind.TIMEOUT,
                "ATTEMPT_TIMEOUT",
                what + ", and its time limit is over; it is not tried again",
                "",
                clock.instant())
            : new Failure(Failure.Kind.RETRYABLE, "UNEXPECTED", what, "", clock.instant());
    RunEnd end = new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
    return new CompleteAndClaim.Completion(
        orphan.task(),
        orphan.token(),
        RunCompletion.of(end, orphan.policy(), orphan.attempt(), random),
        List.of(),
        "",
        orphan.orderingKey(),
        orphan.needed(),
        Optional.empty());
  }

  private Failure permanent(String code, String message) {
    return new Failure(Failure.Kind.PERMANENT, code, message, "", clock.instant());
  }

  private CompleteAndClaim.Completion failed(
      Task task, Failure failure, String log, Optional<Progress> progress) {
    RunEnd end = new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
    RunCompletion completion = RunCompletion.of(end, task.retryPolicy(), task.attempt(), random);
    return CompleteAndClaim.Completion.of(task, completion, List.of(), log, progress);
  }
}
