package io.tasklane.grpc.worker;

import io.tasklane.condition.InvalidExpressionException;
import io.tasklane.event.EventTypePattern;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.task.StepMapping;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.key.FencingToken;
import io.tasklane.step.KnownStep;
import io.tasklane.step.StepReport;
import io.tasklane.step.StepService;
import io.tasklane.step.StoredResult;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.v1.AwaitEventStep;
import io.tasklane.v1.RecordStepRequest;
import io.tasklane.v1.RecordStepResponse;
import io.tasklane.v1.StepFailure;
import io.tasklane.v1.StepSuccess;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Steps of runs outside of the server. */
final class StepCalls {
  private final StepService steps;

  StepCalls(StepService steps) {
    this.steps = steps;
  }

  CompletionStage<RecordStepResponse> record(RecordStepRequest request) {
    String task =
        WireName.TASK.id(
            WorkerServiceEndpoint.taskOf(request.getLeaseId(), request.getFencingToken()),
            "lease_id");
    FencingToken token = new FencingToken(request.getFencingToken());
    if (request.hasBegin()) {
      steps.requireLease(task, token, request.getName());
      return CompletableFuture.completedStage(response(task, steps.find(task, request.getName())));
    }
    return steps
        .record(task, token, request.getName(), report(request))
        .thenApply(known -> response(task, Optional.of(known)));
  }

  private static StepReport report(RecordStepRequest request) {
    return switch (request.getActionCase()) {
      case SUCCESS -> success(request.getSuccess());
      case FAILURE -> failure(request.getFailure());
      case SLEEP -> new StepReport.Sleeps(WireTime.of(request.getSleep().getDuration()));
      case AWAIT_EVENT -> awaits(request.getAwaitEvent());
      case BEGIN, ACTION_NOT_SET -> throw new IllegalStateException("nothing is to be recorded");
    };
  }

  private static StepReport success(StepSuccess success) {
    Optional<Payload> result =
        success.hasResult()
            ? Optional.of(PayloadMapping.fromWire(success.getResult()))
            : Optional.empty();
    long bytes =
        result
            .map(
                kept ->
                    kept.reference()
                        .map(artifact -> artifact.sizeBytes())
                        .orElse((long) kept.body().length))
            .orElse(0L);
    return new StepReport.Succeeded(result, false, bytes, WireTime.of(success.getRunTime()));
  }

  private static StepReport failure(StepFailure report) {
    io.tasklane.v1.Failure why = report.getFailure();
    Failure.Kind kind =
        switch (why.getKind()) {
          case KIND_RETRYABLE -> Failure.Kind.RETRYABLE;
          case KIND_PERMANENT -> Failure.Kind.PERMANENT;
          default ->
              throw InvalidRequest.field(
                  Reason.INVALID_FIELD,
                  "failure.failure.kind",
                  why.getKind() + " is not allowed: KIND_RETRYABLE or KIND_PERMANENT");
        };
    Optional<Duration> delay =
        report.hasRetryDelay()
            ? Optional.of(WireTime.of(report.getRetryDelay()))
            : Optional.empty();
    return new StepReport.Failed(
        new Failure(kind, why.getCode(), why.getMessage(), "", Instant.EPOCH),
        report.getFailedTries(),
        delay,
        WireTime.of(report.getRunTime()));
  }

  private static StepReport awaits(AwaitEventStep wanted) {
    if (!new EventTypePattern(wanted.getEventType()).isValid()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "await_event.event_type",
          "\"" + wanted.getEventType() + "\" is not allowed: " + EventTypePattern.ALLOWED);
    }
    try {
      StepService.requireCondition(wanted.getCondition());
    } catch (InvalidExpressionException invalid) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD, "await_event.condition", invalid.getMessage());
    }
    return new StepReport.Awaits(
        wanted.getEventType(), wanted.getCondition(), WireTime.of(wanted.getTimeout()));
  }

  private RecordStepResponse response(String task, Optional<KnownStep> known) {
    RecordStepResponse.Builder response = RecordStepResponse.newBuilder();
    if (known.isPresent()) {
      response
          .setStep(StepMapping.toWire(known.get().step()))
          .setRest(WireTime.of(known.get().left()));
      if (known.get().step().isDone()) {
        steps
            .result(task, known.get().step().name())
            .flatMap(StoredResult::payload)
            .map(PayloadMapping::toWire)
            .ifPresent(response::setResult);
      }
    }
    return response.build();
  }
}
