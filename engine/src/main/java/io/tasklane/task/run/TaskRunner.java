package io.tasklane.task.run;

import io.tasklane.api.LogContext;
import io.tasklane.api.Refusal;
import io.tasklane.database.Rows;
import io.tasklane.effect.EffectService;
import io.tasklane.fact.FactService;
import io.tasklane.fault.ErrorText;
import io.tasklane.fault.FatalErrors;
import io.tasklane.key.TaskKey;
import io.tasklane.step.StepService;
import io.tasklane.task.Failure;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.PreemptedException;
import io.tasklane.task.Progress;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.task.TaskHandler;
import io.tasklane.task.type.Handlers;
import io.tasklane.time.Ticker;
import io.tasklane.timeout.TimeLimit;
import io.tasklane.timeout.Timeouts;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs claimed tasks on the calling thread, and returns how each run ended. It changes no row.
 *
 * @param handlers do the work
 * @param watch watches the runs
 * @param clock the time
 * @param names generates the ids of children
 * @param input adds the outputs of needed tasks
 * @param artifacts opens and keeps artifacts of runs
 * @param ledger where runs record their effects
 * @param facts sets the facts of runs
 * @param steps of tasks
 * @param checkpoints finds the last checkpoint of a task, by the key of its row
 * @param ticker monotonic time, by which runs are stopped: a stepped clock must not do that
 */
public record TaskRunner(
    Handlers handlers,
    RunWatch watch,
    Clock clock,
    Supplier<String> names,
    CompleteInput input,
    RunArtifacts artifacts,
    EffectService ledger,
    FactService facts,
    StepService steps,
    Function<TaskKey, Optional<Payload>> checkpoints,
    Ticker ticker) {
  /**
   * How a run ended, and what its handler logged and reported.
   *
   * @param end how it ended
   * @param log the lines that it logged
   * @param progress its last report, unless it is written already
   */
  public record Ran(RunEnd end, String log, Optional<Progress> progress) {
    /** The end of a run whose handler was not called. */
    public static Ran without(RunEnd end) {
      return new Ran(end, "", Optional.empty());
    }
  }

  /**
   * Runs the task to its end. Whatever is thrown before its handler is called is the failure of
   * this attempt: the task is claimed already, and nobody would end the run if the exception left
   * this method. Only an error of {@link FatalErrors} does: the node ends.
   */
  public Ran run(Task task) {
    try {
      return prepareAndRun(task);
    } catch (Throwable thrown) {
      FatalErrors.passOn(thrown);
      return notStarted(thrown);
    }
  }

  /** The end of a claimed task whose run could not begin, because this was thrown. */
  public Ran notStarted(Throwable thrown) {
    return Ran.without(failed(thrown));
  }

  private Ran prepareAndRun(Task task) {
    Optional<TaskHandler> handler = handlers.find(task.taskType());
    if (handler.isEmpty()) {
      return Ran.without(
          failed(
              Failure.Kind.RETRYABLE,
              "NO_HANDLER",
              task.name() + ": no handler here serves " + task.taskType(),
              ""));
    }
    if (watch.isCancelled(
        task.id())) { // cancelled after its claim: nothing has been done, and nothing will be
      return Ran.without(new RunEnd.Stopped(Optional.empty()));
    }
    LiveRun run = new LiveRun(task, input.of(task), this);
    try (LogContext.Scope ids = LogContext.with(run.logIds())) {
      return run(handler.get(), run);
    }
  }

  private Ran run(TaskHandler handler, LiveRun run) {
    RunEnd end;
    try {
      watch.begin(run);
      run.stopping().enter();
      Payload result = handler.handle(run);
      run.stopping().leave();
      end = returned(run, result);
    } catch (Throwable thrown) { // also an Error of a handler must not end the queue's thread
      FatalErrors.passOn(thrown);
      run.stopping().leave();
      end = threw(run, thrown);
    } finally {
      watch.end(run);
    }
    return new Ran(end, run.log().text(), run.progress().unwritten());
  }

  private RunEnd returned(LiveRun run, Payload result) {
    if (run.suspended().isPresent() && run.whyStopped() == Stop.NONE) {
      return run.suspended().get(); // the handler has caught what should have left it
    }
    Optional<String> fault =
        result == null ? Optional.of("there is none") : RunPayloads.faultOf(result);
    if (fault.isPresent()) {
      String message = run.task() + ": its result is not allowed: " + fault.get();
      return failed(Failure.Kind.PERMANENT, "RESULT_INVALID", message, "");
    }
    if (run.whyStopped() == Stop.TIMEOUT) {
      return timedOut(run, Optional.of(result));
    }
    watch.faults().ended(Outage.DATABASE);
    return new RunEnd.Succeeded(result, run.children(), run.events(), run.facts());
  }

  private RunEnd threw(LiveRun run, Throwable thrown) {
    return switch (run.whyStopped()) {
      case TIMEOUT -> timedOut(run, run.leftOver());
      case CANCEL -> new RunEnd.Stopped(run.leftOver());
      case NODE_STOPS, LEASE_OVER -> new RunEnd.HandedBack();
      case NONE -> threwByItself(run, thrown);
    };
  }

  private RunEnd threwByItself(LiveRun run, Throwable thrown) {
    if (run.suspended().isPresent()) {
      return run.suspended().get();
    }
    return thrown instanceof PreemptedException && run.preempted()
        ? preempted(run, run.preemptedBy().orElseThrow())
        : failed(thrown);
  }

  private static RunEnd preempted(LiveRun run, String by) {
    run.log("preempted by " + by);
    return new RunEnd.Preempted(by);
  }

  private RunEnd timedOut(LiveRun run, Optional<Payload> partial) {
    Timeouts limits = run.claimed().timeouts();
    boolean total = run.isLimitedByTotal();
    String message =
        run.task()
            + " reached the time limit of "
            + (total ? limits.total().orElseThrow() : limits.attempt()).toMillis()
            + (total ? " ms for all attempts together" : " ms for one attempt")
            + "; it is not tried again";
    String code = total ? TimeLimit.TOTAL_TIMEOUT.code() : "ATTEMPT_TIMEOUT";
    Failure failure = new Failure(Failure.Kind.TIMEOUT, code, message, "", clock.instant());
    return new RunEnd.Failed(failure, Optional.empty(), partial);
  }

  private RunEnd failed(Throwable thrown) {
    Optional<Outage> outage = Outage.in(thrown);
    if (outage.isPresent()) {
      return released(outage.get());
    }
    String trace = ErrorText.traceOf(thrown);
    String message = Rows.storable(ErrorText.messageOf(thrown));
    if (thrown instanceof FailureException described) {
      Failure failure =
          new Failure(described.kind(), described.code(), message, trace, clock.instant());
      return new RunEnd.Failed(failure, described.retryDelay(), Optional.empty());
    }
    String named = ErrorText.typeOf(thrown) + ": " + message;
    return failed(Failure.Kind.RETRYABLE, "UNEXPECTED", named, trace);
  }

  private RunEnd released(Outage outage) {
    Refusal why = outage.why();
    Failure failure =
        new Failure(
            Failure.Kind.RETRYABLE, why.reason().name(), why.getMessage(), "", clock.instant());
    return new RunEnd.Released(failure, outage.note(watch.faults(), clock.instant()));
  }

  private RunEnd failed(Failure.Kind kind, String code, String message, String trace) {
    return new RunEnd.Failed(
        new Failure(kind, code, message, trace, clock.instant()),
        Optional.empty(),
        Optional.empty());
  }
}
