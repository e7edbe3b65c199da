package io.tasklane.task.run;

import io.tasklane.fault.ErrorText;
import io.tasklane.fault.FatalErrors;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.step.KnownStep;
import io.tasklane.step.StepKind;
import io.tasklane.step.StepReport;
import io.tasklane.step.StepState;
import io.tasklane.step.TaskStep;
import io.tasklane.task.Failure;
import io.tasklane.task.FailureException;
import io.tasklane.task.Payload;
import io.tasklane.task.PreemptedException;
import io.tasklane.task.RunEnd;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

/**
 * The steps of one run: what earlier runs kept is returned, what they did not is done and recorded.
 * The handler's threads may use it at the same time.
 */
final class RunSteps {
  /** A shorter wait between two tries keeps the slot. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofDays(365);

  private final LiveRun run;
  private final StepRecords records;
  private final Set<String> asked = new HashSet<>();
  private boolean differs;
  private volatile RunEnd.Suspended suspended;

  RunSteps(LiveRun run, StepRecords records) {
    this.run = run;
    this.records = records;
  }

  /** How the run ends where one of its steps sleeps or waits. */
  Optional<RunEnd.Suspended> suspended() {
    return Optional.ofNullable(suspended);
  }

  /** As {@link io.tasklane.task.Run#step}. */
  Payload step(String name, RetryPolicy policy, Callable<Payload> body) throws Exception {
    Optional<KnownStep> known = open(name, StepKind.BODY);
    if (known.filter(k -> k.step().isDone()).isPresent()) {
      return records.result(name);
    }
    if (known.filter(k -> k.step().hasFailedIn(run.attempt())).isPresent()) {
      throw again(known.get().step());
    }
    known
        .filter(k -> k.step().state() == StepState.RETRY_WAIT)
        .filter(k -> k.step().attempt() == run.attempt())
        .ifPresent(k -> rest(name, k.left()));
    int failed = known.map(k -> k.step().failedTriesIn(run.attempt())).orElse(0);
    return tried(name, policy, body, failed);
  }

  private Payload tried(String name, RetryPolicy policy, Callable<Payload> body, int before)
      throws Exception {
    for (int failed = before; ; ) {
      long begun = run.nanos();
      try {
        Payload result = body.call();
        return records.keep(name, result, run.since(begun));
      } catch (Throwable thrown) {
        FatalErrors.passOn(thrown);
        if (isNoFailure(thrown)) {
          throw thrown;
        }
        failed++;
        Failure failure = failureOf(thrown);
        Optional<Duration> backoff = backoff(policy, failed, thrown, failure);
        records.record(name, new StepReport.Failed(failure, failed, backoff, run.since(begun)));
        if (backoff.isEmpty()) {
          throw thrown;
        }
        rest(name, backoff.get());
      }
    }
  }

  /** It was asked to stop, it sleeps, or something of ours is away: the body did not fail. */
  private boolean isNoFailure(Throwable thrown) {
    return thrown instanceof Suspension
        || run.whyStopped() != Stop.NONE
        || thrown instanceof PreemptedException && run.preempted()
        || StepRecords.isStale(thrown)
        || Outage.in(thrown).isPresent();
  }

  private Optional<Duration> backoff(
      RetryPolicy policy, int failed, Throwable thrown, Failure failure) {
    boolean again =
        failure.kind() == Failure.Kind.RETRYABLE && policy.allowsRetry(failed, failure.code());
    if (!again) {
      return Optional.empty();
    }
    Optional<Duration> asked =
        thrown instanceof FailureException described ? described.retryDelay() : Optional.empty();
    return Optional.of(asked.orElseGet(() -> policy.restAfter(failed, chance(failed))));
  }

  /** For the jitter: another one in each run and after each try. */
  private RandomGenerator chance(int failed) {
    return new SplittableRandom(31 * run.fencingToken() + failed);
  }

  private Failure failureOf(Throwable thrown) {
    String message = ErrorText.messageOf(thrown);
    return thrown instanceof FailureException described
        ? new Failure(described.kind(), described.code(), message, "", run.clock().instant())
        : new Failure(
            Failure.Kind.RETRYABLE,
            "UNEXPECTED",
            ErrorText.typeOf(thrown) + ": " + message,
            "",
            run.clock().instant());
  }

  /** What a step that has failed for good in this attempt throws in its later runs. */
  private FailureException again(TaskStep step) {
    Failure failure = step.failure().orElseThrow();
    String message = "step " + step.name() + " has failed before: " + failure.message();
    return failure.kind() == Failure.Kind.RETRYABLE
        ? FailureException.retryable(failure.code(), message, null)
        : FailureException.permanent(failure.code(), message);
  }

  /** Between two tries. */
  private void rest(String name, Duration wait) {
    if (wait.compareTo(SHORT) > 0) {
      throw suspend(name, wait);
    }
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw FailureException.retryable(
          "STOPPED", run.task() + ": stopped while step " + name + " waited", stopped);
    }
  }

  /** As {@link io.tasklane.task.Run#sleep}. */
  void sleep(String name, Duration duration) {
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "sleep "
              + name
              + " of "
              + duration
              + " is not allowed: 0 s to "
              + LONGEST.toDays()
              + " days");
    }
    waits(name, StepKind.SLEEP, new StepReport.Sleeps(duration));
  }

  /** As {@link io.tasklane.task.Run#awaitEvent}. */
  Optional<Payload> awaitEvent(String name, String type, String condition, Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "timeout "
              + timeout
              + " of "
              + name
              + " is not allowed: more than 0 s, at most "
              + LONGEST.toDays()
              + " days");
    }
    StepRecords.checkEvent(name, type, condition);
    waits(name, StepKind.EVENT, new StepReport.Awaits(type, condition, timeout));
    return Optional.ofNullable(records.result(name));
  }

  private void waits(String name, StepKind kind, StepReport report) {
    Optional<KnownStep> known = open(name, kind);
    if (known.filter(k -> k.step().isDone()).isPresent()) {
      return;
    }
    if (known.filter(k -> k.step().hasFailedIn(run.attempt())).isPresent()) {
      throw again(known.get().step());
    }
    KnownStep now = records.record(name, report);
    if (now.step().hasFailedIn(run.attempt())) {
      throw again(now.step());
    }
    if (!now.step().isDone()) {
      throw suspend(name, now.left());
    }
  }

  private synchronized Suspension suspend(String name, Duration wait) {
    if (suspended == null || wait.compareTo(suspended.rest()) < 0) {
      suspended = new RunEnd.Suspended(name, wait);
    }
    return new Suspension(suspended);
  }

  /** The run asks for a step, once; what is known of it. */
  private Optional<KnownStep> open(String name, StepKind kind) {
    TaskStep.faultOfName(name)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(fault);
            });
    if (suspended != null) {
      throw new Suspension(suspended);
    }
    records.checkLease(name);
    Optional<KnownStep> known;
    synchronized (this) {
      if (!asked.add(name)) {
        throw FailureException.permanent(
            "STEP_NAME_USED",
            run.task()
                + ": this run has asked for step \""
                + name
                + "\" already; a name stands for one step: in a loop, add what the round is about");
      }
      known = records.known(name);
      noteDifference(name, known.isPresent());
    }
    if (known.isPresent() && known.get().step().kind() != kind) {
      throw FailureException.permanent(
          "STEP_KIND",
          run.task()
              + ": step \""
              + name
              + "\" is known as "
              + known.get().step().kind()
              + " and cannot be "
              + kind
              + "; use another name");
    }
    return known;
  }

  /** One line, where new code asks for a step before those that an earlier run has kept. */
  private void noteDifference(String name, boolean isKnown) {
    if (!differs && !isKnown) {
      Set<String> left = records.keptNames();
      left.removeAll(asked);
      if (!left.isEmpty()) {
        differs = true;
        run.log("step \"" + name + "\" is new, before the kept steps " + left + " were asked for");
      }
    }
  }
}
