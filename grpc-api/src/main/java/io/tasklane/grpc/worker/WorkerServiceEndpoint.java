package io.tasklane.grpc.worker;

import io.grpc.stub.StreamObserver;
import io.tasklane.effect.EffectService;
import io.tasklane.effect.EffectState;
import io.tasklane.effect.KnownEffect;
import io.tasklane.grpc.call.CallInfo;
import io.tasklane.grpc.call.Calls;
import io.tasklane.grpc.call.Replay;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.stream.Alarm;
import io.tasklane.grpc.stream.Lifetime;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.key.FencingToken;
import io.tasklane.step.StepService;
import io.tasklane.task.Payload;
import io.tasklane.v1.DrainWorkerRequest;
import io.tasklane.v1.DrainWorkerResponse;
import io.tasklane.v1.GetWorkerRequest;
import io.tasklane.v1.GetWorkerResponse;
import io.tasklane.v1.ListWorkersRequest;
import io.tasklane.v1.ListWorkersResponse;
import io.tasklane.v1.RecordEffectRequest;
import io.tasklane.v1.RecordEffectResponse;
import io.tasklane.v1.RecordStepRequest;
import io.tasklane.v1.RecordStepResponse;
import io.tasklane.v1.WorkRequest;
import io.tasklane.v1.WorkResponse;
import io.tasklane.v1.WorkerServiceGrpc;
import io.tasklane.worker.Worker;
import io.tasklane.worker.stream.WorkerService;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** Serves WorkerService. */
public final class WorkerServiceEndpoint extends WorkerServiceGrpc.WorkerServiceImplBase {
  private final Calls calls;
  private final EffectService effects;
  private final StepCalls steps;
  private final WorkerService workers;
  private final Alarm alarm;
  private final RandomGenerator random;

  /**
   * Creates the endpoint.
   *
   * @param calls how calls are served
   * @param effects records effects
   * @param steps records steps
   * @param workers connects, finds and drains workers
   * @param alarm calls back after a delay
   * @param random draws how long streams live
   */
  public WorkerServiceEndpoint(
      Calls calls,
      EffectService effects,
      StepService steps,
      WorkerService workers,
      Alarm alarm,
      RandomGenerator random) {
    this.calls = calls;
    this.effects = effects;
    this.steps = new StepCalls(steps);
    this.workers = workers;
    this.alarm = alarm;
    this.random = random;
  }

  @Override
  public void recordStep(RecordStepRequest request, StreamObserver<RecordStepResponse> out) {
    calls.answerLater(request, out, steps::record);
  }

  @Override
  public StreamObserver<WorkRequest> work(StreamObserver<WorkResponse> out) {
    return calls.exchange(
        out, ask -> new WorkStream(workers, calls, ask, alarm, Lifetime.draw(random)));
  }

  @Override
  public void getWorker(GetWorkerRequest request, StreamObserver<GetWorkerResponse> out) {
    calls.answer(
        request,
        out,
        asked ->
            GetWorkerResponse.newBuilder()
                .setWorker(
                    WorkerMapping.toWire(workers.get(WireName.WORKER.id(asked.getName(), "name"))))
                .build());
  }

  @Override
  public void listWorkers(ListWorkersRequest request, StreamObserver<ListWorkersResponse> out) {
    calls.answer(request, out, new WorkerLists(workers)::list);
  }

  @Override
  public void drainWorker(DrainWorkerRequest request, StreamObserver<DrainWorkerResponse> out) {
    calls.answerLater(request, out, this::drain);
  }

  private CompletionStage<DrainWorkerResponse> drain(DrainWorkerRequest request) {
    Replay<Worker, DrainWorkerResponse> replay =
        Replay.of(
            request,
            request.getRequestId(),
            worker ->
                DrainWorkerResponse.newBuilder().setWorker(WorkerMapping.toWire(worker)).build(),
            DrainWorkerResponse.parser());
    return workers
        .drain(
            WireName.WORKER.id(request.getName(), "name"),
            CallInfo.current().caller().actor(request.getReason()),
            replay.change())
        .thenApply(replay::response);
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
