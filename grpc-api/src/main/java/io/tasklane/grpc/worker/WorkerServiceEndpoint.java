package io.tasklane.grpc.worker;

import io.grpc.stub.StreamObserver;
import io.tasklane.effect.EffectService;
import io.tasklane.effect.EffectState;
import io.tasklane.effect.KnownEffect;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.key.FencingToken;
import io.tasklane.step.StepService;
import io.tasklane.task.Payload;
import io.tasklane.v1.RecordEffectRequest;
import io.tasklane.v1.RecordEffectResponse;
import io.tasklane.v1.RecordStepRequest;
import io.tasklane.v1.RecordStepResponse;
import io.tasklane.v1.WorkerServiceGrpc;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Serves WorkerService. */
public final class WorkerServiceEndpoint extends WorkerServiceGrpc.WorkerServiceImplBase {
  private final Calls calls;
  private final EffectService effects;
  private final StepCalls steps;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param effects records effects
   * @param steps records steps
   */
  public WorkerServiceEndpoint(Calls calls, EffectService effects, StepService steps) {
    this.calls = calls;
    this.effects = effects;
    this.steps = new StepCalls(steps);
  }

  @Override
  public void recordStep(RecordStepRequest request, StreamObserver<RecordStepResponse> out) {
    calls.answerLater(request, out, steps::record);
  }

  @Override
  public void recordEffect(RecordEffectRequest request, StreamObserver<RecordEffectResponse> out) {
    calls.answerLater(request, out, this::record);
  }

  private CompletionStage<RecordEffectResponse> record(RecordEffectRequest request) {
    String task = taskOf(request.getLeaseId(), request.getFencingToken());
    checkOutcome(request);
    Optional<Payload> outcome =
        request.hasOutcome()
            ? Optional.of(PayloadMapping.fromWire(request.getOutcome()))
            : Optional.empty();
    return effects
        .record(
            WireName.TASK.id(task, "lease_id"),
            new FencingToken(request.getFencingToken()),
            request.getEffectKey(),
            EffectState.of(request.getState().getNumber()),
            outcome)
        .thenApply(WorkerServiceEndpoint::response);
  }

  /** The name of the task of a lease. */
  static String taskOf(String lease, long token) {
    String end = "/leases/" + token;
    if (!lease.endsWith(end)) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          "lease_id",
          "\"" + lease + "\" is not allowed: it must end with \"" + end + "\", its fencing_token");
    }
    return lease.substring(0, lease.length() - end.length());
  }

  private static void checkOutcome(RecordEffectRequest request) {
    if (request.getOutcome().hasReference()) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD, "outcome", "a reference is not allowed: the bytes inline");
    }
    boolean done = request.getState() == io.tasklane.v1.EffectState.EFFECT_STATE_DONE;
    if (request.hasOutcome() && !done) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD, "outcome", "is not allowed with " + request.getState());
    }
  }

  private static RecordEffectResponse response(Optional<KnownEffect> before) {
    RecordEffectResponse.Builder response = RecordEffectResponse.newBuilder();
    before.ifPresent(known -> response.setPreviousStateValue(known.state().code()));
    before
        .flatMap(KnownEffect::outcome)
        .map(PayloadMapping::toWire)
        .ifPresent(response::setOutcome);
    return response.build();
  }
}
