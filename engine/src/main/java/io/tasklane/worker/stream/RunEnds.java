package io.tasklane.worker.stream;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.Rows;
import io.tasklane.event.EventData;
import io.tasklane.fact.NewFact;
import io.tasklane.fault.FatalErrors;
import io.tasklane.task.Actor;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import io.tasklane.task.RunEnd;
import io.tasklane.task.Task;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompletionStatus;
import io.tasklane.task.run.RunPayloads;
import io.tasklane.task.run.TaskRunner;
import io.tasklane.timeout.TimeLimit;
import io.tasklane.timeout.Timeouts;
import io.tasklane.worker.LeaseName;
import io.tasklane.worker.WorkerListener.Stop;
import io.tasklane.worker.WorkerMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends runs of workers: decides how, as the runner of the server's own handlers does, and writes
 * it.
 *
 * @param tools shared by all streams
 */
record RunEnds(StreamTools tools) {
  private static final Logger LOG = Logger.getLogger(RunEnds.class.getName());

  /** How a run ended whose handler has returned. */
  RunEnd of(LiveLease lease, WorkerMessage.Completed done) {
    Optional<String> fault = RunPayloads.faultOf(done.result());
    if (fault.isPresent()) {
      String message = lease.task().name() + ": its result is not allowed: " + fault.get();
      return failed(tools.failure(Failure.Kind.PERMANENT, "RESULT_INVALID", message));
    }
    if (isTimedOut(lease)) {
      return timedOut(lease, Optional.of(done.result()));
    }
    if (done.partial()) {
      if (lease.stop().filter(Stop.CANCEL::equals).isEmpty()) {
        throw Refusal.invalid(
            RefusalReason.INVALID_FIELD,
            "completion.partial",
            "is not allowed: the run was asked to stop neither by a cancel nor by a time limit");
      }
      return new RunEnd.Stopped(Optional.of(done.result()));
    }
    checkOutputs(lease, done);
    return new RunEnd.Succeeded(done.result(), done.children(), done.events(), done.facts());
  }

  /** The rules for what a run leaves beside its result. */
  private static void checkOutputs(LiveLease lease, WorkerMessage.Completed done) {
    try {
      Actor task = new Actor(lease.task().name(), "");
      done.facts().forEach(fact -> NewFact.of(fact, task));
      long bytes = 0;
      for (Publication event : done.events()) {
        EventData.requireObject(event.data());
        bytes += event.data().body().length;
      }
      if (bytes > Publication.MOST_BYTES_AT_ONCE) {
        throw new IllegalArgumentException(
            "the data of the events are "
                + bytes
                + " bytes, and at most "
                + Publication.MOST_BYTES_AT_ONCE);
      }
    } catch (IllegalArgumentException notAllowed) {
      throw Refusal.invalid(RefusalReason.INVALID_FIELD, "completion", notAllowed.getMessage());
    }
  }

  /** How a run ended whose handler has failed. */
  RunEnd of(LiveLease lease, WorkerMessage.Failed failed) {
    Optional<Payload> partial = failed.partialResult().or(lease::partial);
    if (isTimedOut(lease)) {
      return timedOut(lease, partial);
    }
    return lease.stop().filter(Stop.CANCEL::equals).isPresent()
        ? new RunEnd.Stopped(partial)
        : new RunEnd.Failed(stamped(failed.failure()), failed.retryDelay(), Optional.empty());
  }

  private Failure stamped(Failure said) {
    return new Failure(
        said.kind(),
        said.code(),
        Rows.storable(said.message()),
        Rows.storable(said.stackTrace()),
        tools.context().clock().instant());
  }

  private static boolean isTimedOut(LiveLease lease) {
    return lease.isOverLimit() || lease.stop().filter(Stop.TIMEOUT::equals).isPresent();
  }

  private static RunEnd failed(Failure failure) {
    return new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
  }

  /** How a run ends that did not end in time after it was asked to stop. */
  RunEnd overdue(LiveLease lease) {
    return lease.stop().filter(Stop.CANCEL::equals).isPresent() && !lease.isOverLimit()
        ? new RunEnd.Stopped(lease.partial())
        : timedOut(lease, lease.partial());
  }

  private RunEnd timedOut(LiveLease lease, Optional<Payload> partial) {
    Timeouts limits = lease.task().timeouts();
    boolean total = lease.isLimitedByTotal();
    Duration limit = total ? limits.total().orElse(lease.limit()) : limits.attempt();
    String message =
        lease.task().name()
            + " reached the time limit of "
            + limit.toMillis()
            + (total ? " ms for all attempts together" : " ms for one attempt")
            + "; it is not tried again";
    String code = total ? TimeLimit.TOTAL_TIMEOUT.code() : "ATTEMPT_TIMEOUT";
    return new RunEnd.Failed(
        tools.failure(Failure.Kind.TIMEOUT, code, message), Optional.empty(), partial);
  }

  /**
   * Writes the end of this run.
   *
   * @return fails with a refusal: STALE_LEASE where the lease is over; UNAVAILABLE where nothing is
   *     known of it, and the same may be tried again
   */
  CompletableFuture<Void> write(LiveLease lease, RunEnd end) {
    TaskRunner.Ran ran = new TaskRunner.Ran(end, lease.log().text(), Optional.empty());
    CompleteAndClaim.Completion wanted =
        tools.dispatch().runCompletions().of(lease.task(), lease.attempt(), ran);
    lease.endNow();
    return submit(lease, wanted, true)
        .whenComplete(
            (done, failed) -> {
              if (failed != null) {
                lease.endsNot();
              }
            });
  }

  private CompletableFuture<Void> submit(
      LiveLease lease, CompleteAndClaim.Completion wanted, boolean first) {
    return tools
        .context()
        .committer()
        .submit(
            tools.dispatch().completions(),
            new CompleteAndClaim(tools.owner(lease.queue()), Optional.of(wanted), false))
        .handle(
            (result, failed) ->
                failed == null
                    ? written(lease, wanted, result.completion())
                    : instead(lease, wanted, cause(failed), first))
        .thenCompose(next -> next);
  }

  private static Throwable cause(Throwable failed) {
    return failed instanceof CompletionException && failed.getCause() != null
        ? failed.getCause()
        : failed;
  }

  private CompletableFuture<Void> written(
      LiveLease lease, CompleteAndClaim.Completion wanted, CompletionStatus status) {
    if (status == CompletionStatus.STALE) {
      return CompletableFuture.failedFuture(stale(lease.name()));
    }
    wanted.decision().backoff().ifPresent(tools.context().signals()::dueIn);
    tools.context().signals().look(lease.queue());
    return CompletableFuture.completedFuture(null);
  }

  /** What is written of a run whose end was not accepted, as for the server's own handlers. */
  private CompletableFuture<Void> instead(
      LiveLease lease, CompleteAndClaim.Completion wanted, Throwable why, boolean first) {
    if (StreamTools.isAway(why) || !first) {
      return CompletableFuture.failedFuture(why);
    }
    Task task = lease.task();
    if (why instanceof Refusal refused) {
      return submit(
          lease,
          tools
              .dispatch()
              .runCompletions()
              .childRefused(task, refused, wanted.log(), wanted.progress()),
          false);
    }
    FatalErrors.passOn(why);
    LOG.log(Level.SEVERE, task.name() + ": its result cannot be stored", why);
    return submit(lease, tools.dispatch().runCompletions().unstorable(task, why), false);
  }

  /** The refusal of what comes for a lease that is over. */
  static Refusal stale(LeaseName lease) {
    return Refusal.of(
        Refusal.Sort.ABORTED,
        RefusalReason.STALE_LEASE,
        "tasks/" + lease.taskId(),
        lease + " is over; stop, another run has the task or it has ended");
  }
}
