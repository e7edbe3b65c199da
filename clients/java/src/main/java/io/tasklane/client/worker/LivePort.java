package io.tasklane.client.worker;

import com.google.protobuf.util.Durations;
import io.tasklane.client.TasklaneClient;
import io.tasklane.client.TasklaneException;
import io.tasklane.v1.CheckpointReport;
import io.tasklane.v1.EffectState;
import io.tasklane.v1.Fact;
import io.tasklane.v1.FactReport;
import io.tasklane.v1.LogReport;
import io.tasklane.v1.PartialResultReport;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Progress;
import io.tasklane.v1.RecordEffectRequest;
import io.tasklane.v1.RecordEffectResponse;
import io.tasklane.v1.RecordStepRequest;
import io.tasklane.v1.RecordStepResponse;
import io.tasklane.v1.TaskStep;
import io.tasklane.v1.WorkRequest;
import io.tasklane.v1.WorkerServiceGrpc;
import io.tasklane.v1.WorkerServiceGrpc.WorkerServiceBlockingStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** That of a run of a worker: over the line, and by calls. */
final class LivePort implements Port {
  private static final long LOOK_MILLIS = 100;
  private final TasklaneClient client;
  private final Line line;
  private final Running running;
  private final WorkerServiceBlockingStub service;

  LivePort(TasklaneClient client, Line line, Running running) {
    this.client = client;
    this.line = line;
    this.running = running;
    service = WorkerServiceGrpc.newBlockingStub(client.channel());
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Optional<StopReason> stop() {
    return running.stop();
  }

  @Override
  public void pause(Duration time) {
    try {
      running.pause(time.toMillis());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private StoppedException interrupted() {
    Thread.currentThread().interrupt();
    return new StoppedException(running.stop().orElse(null));
  }

  @Override
  public void progress(Progress progress) {
    running.report(progress);
  }

  @Override
  public void checkpoint(Payload state) {
    CheckpointReport.Builder report = CheckpointReport.newBuilder().setCheckpoint(state);
    report(WorkRequest.newBuilder().setCheckpoint(report.setLeaseId(running.id())));
  }

  @Override
  public void partialResult(Payload value) {
    PartialResultReport.Builder report = PartialResultReport.newBuilder().setPartialResult(value);
    report(WorkRequest.newBuilder().setPartialResult(report.setLeaseId(running.id())));
  }

  @Override
  public void log(List<String> lines) {
    LogReport.Builder report = LogReport.newBuilder().addAllLines(lines).setLeaseId(running.id());
    line.report(WorkRequest.newBuilder().setLog(report), refusal -> {});
  }

  @Override
  public void setFactNow(Fact fact) {
    FactReport.Builder report = FactReport.newBuilder().setFact(fact).setLeaseId(running.id());
    report(WorkRequest.newBuilder().setFact(report));
  }

  /** Waits until it is durable, but not for an answer to a lease that is lost. */
  private void report(WorkRequest.Builder message) {
    CompletableFuture<TasklaneException> answer = new CompletableFuture<>();
    line.report(message, answer::complete);
    while (running.stop().filter(StopReason.LOST::equals).isEmpty()) {
      try {
        TasklaneException refusal = answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (refusal != null) {
          throw refusal;
        }
        return;
      } catch (TimeoutException again) {
        // looks whether the lease is lost
      } catch (InterruptedException e) {
        throw interrupted();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new StoppedException(StopReason.LOST);
  }

  @Override
  public RecordEffectResponse intend(String effectKey) {
    return effect(effect(effectKey).setState(EffectState.EFFECT_STATE_INTENDED));
  }

  @Override
  public void effectDone(String effectKey, Payload outcome) {
    effect(effect(effectKey).setState(EffectState.EFFECT_STATE_DONE).setOutcome(outcome));
  }

  private RecordEffectRequest.Builder effect(String effectKey) {
    return RecordEffectRequest.newBuilder()
        .setLeaseId(running.id())
        .setFencingToken(running.lease().getFencingToken())
        .setEffectKey(effectKey);
  }

  private RecordEffectResponse effect(RecordEffectRequest.Builder request) {
    return client.call(left -> within(left).recordEffect(request.build()));
  }

  @Override
  public Known step(RecordStepRequest.Builder request) {
    request.setLeaseId(running.id()).setFencingToken(running.lease().getFencingToken());
    RecordStepResponse answer = client.call(left -> within(left).recordStep(request.build()));
    boolean done = answer.getStep().getState() == TaskStep.State.STATE_SUCCEEDED;
    Duration rest = Duration.ofNanos(Durations.toNanos(answer.getRest()));
    return new Known(done, answer.getResult(), rest);
  }

  private WorkerServiceBlockingStub within(Duration left) {
    return service.withDeadlineAfter(left.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Payload payload(Object value) {
    return client.payloads().of(value);
  }

  @Override
  public <T> T value(Payload payload, Class<T> type) {
    return client.payloads().value(payload, type);
  }
}
