package io.tasklane.client.worker;

import com.google.gson.JsonNull;
import com.google.protobuf.util.Durations;
import io.grpc.Status;
import io.tasklane.client.Payloads;
import io.tasklane.client.TasklaneException;
import io.tasklane.v1.Completion;
import io.tasklane.v1.Failure;
import io.tasklane.v1.FailureReport;
import io.tasklane.v1.Release;
import io.tasklane.v1.Suspend;
import io.tasklane.v1.WorkRequest;
import java.util.Set;

/** The messages that end runs. */
final class Ends {
  private static final Set<String> TOO_LARGE = Set.of("PAYLOAD_TOO_LARGE", "ARTIFACT_TOO_LARGE");
  private final Payloads payloads;

  Ends(Payloads payloads) {
    this.payloads = payloads;
  }

  /** The end of a run, as the server is told. */
  WorkRequest.Builder message(Running running, Outcome outcome, Run run) {
    try {
      return switch (outcome.kind()) {
        case COMPLETED -> completion(running, outcome, run);
        case RELEASED -> release(running);
        case SUSPENDED -> suspend(running, (SuspendedException) outcome.error());
        default -> failure(running, outcome.error());
      };
    } catch (TasklaneException refused) {
      return undeliverable(running, refused);
    } catch (IllegalArgumentException invalid) {
      return failure(running, TaskException.permanent("RESULT_INVALID", invalid.getMessage()));
    }
  }

  private WorkRequest.Builder completion(Running running, Outcome outcome, Run run) {
    Object value = outcome.value() == null ? JsonNull.INSTANCE : outcome.value();
    return WorkRequest.newBuilder()
        .setCompletion(
            Completion.newBuilder()
                .setLeaseId(running.id())
                .setFencingToken(running.lease().getFencingToken())
                .setResult(payloads.of(value))
                .addAllChildren(run.children)
                .addAllEvents(run.events)
                .addAllFacts(run.facts));
  }

  /** Gives a task back. */
  static WorkRequest.Builder release(Running running) {
    Release.Builder release =
        Release.newBuilder()
            .setLeaseId(running.id())
            .setFencingToken(running.lease().getFencingToken())
            .setReason(running.stop().map(StopReason::name).orElse(""));
    return WorkRequest.newBuilder().setRelease(release);
  }

  private static WorkRequest.Builder suspend(Running running, SuspendedException why) {
    Suspend.Builder suspend =
        Suspend.newBuilder()
            .setLeaseId(running.id())
            .setStep(why.step())
            .setRest(Durations.fromNanos(why.rest().toNanos()));
    return WorkRequest.newBuilder().setSuspend(suspend);
  }

  private static WorkRequest.Builder failure(Running running, Throwable error) {
    FailureReport.Builder report = report(running, Outcome.described(error));
    if (error instanceof TaskException chosen) {
      chosen
          .retryAfter()
          .ifPresent(wait -> report.setRetryDelay(Durations.fromNanos(wait.toNanos())));
    }
    return WorkRequest.newBuilder().setFailure(report);
  }

  /** A failure that takes the place of an end that nobody will take. */
  static WorkRequest.Builder undeliverable(Running running, TasklaneException refusal) {
    String code = TOO_LARGE.contains(refusal.reason()) ? "RESULT_TOO_LARGE" : refusal.reason();
    boolean unavailable = refusal.code() == Status.Code.UNAVAILABLE;
    Failure failure =
        Outcome.described(refusal).toBuilder()
            .setCode(code.isEmpty() ? refusal.code().name() : code)
            .setKind(unavailable ? Failure.Kind.KIND_RETRYABLE : Failure.Kind.KIND_PERMANENT)
            .build();
    return WorkRequest.newBuilder().setFailure(report(running, failure));
  }

  private static FailureReport.Builder report(Running running, Failure failure) {
    return FailureReport.newBuilder()
        .setLeaseId(running.id())
        .setFencingToken(running.lease().getFencingToken())
        .setFailure(failure);
  }
}
