package io.tasklane.grpc.worker;

import io.tasklane.grpc.task.TaskMapping;
import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.task.Actor;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.v1.Acknowledgement;
import io.tasklane.v1.Drain;
import io.tasklane.v1.Lease;
import io.tasklane.v1.LeaseLost;
import io.tasklane.v1.Ping;
import io.tasklane.v1.Refused;
import io.tasklane.v1.StopSignal;
import io.tasklane.v1.Welcome;
import io.tasklane.v1.WorkResponse;
import io.tasklane.worker.LeaseName;
import io.tasklane.worker.WorkerListener;
import io.tasklane.worker.WorkerSession;
import java.time.Duration;
import java.util.Optional;

/** What workers are told, on the wire. */
final class WorkResponses {
  static final WorkResponse PING =
      WorkResponse.newBuilder().setPing(Ping.getDefaultInstance()).build();

  private WorkResponses() {}

  static WorkResponse welcome(WorkerSession session) {
    return WorkResponse.newBuilder()
        .setWelcome(
            Welcome.newBuilder()
                .setWorker(session.worker())
                .setHeartbeatInterval(WireTime.of(WorkerSession.HEARTBEAT))
                .setAcceptTimeout(WireTime.of(WorkerSession.ACCEPT_WITHIN))
                .setLeaseDuration(WireTime.of(session.lease()))
                .addAllKeptLeaseIds(
                    session.kept().stream().map(LeaseName::toString).sorted().toList()))
        .build();
  }

  /** The task as it is once the offer is accepted. */
  static WorkResponse offer(
      String worker, Task task, Payload input, Optional<Payload> checkpoint, Duration limit) {
    Lease.Builder lease =
        Lease.newBuilder()
            .setLeaseId(new LeaseName(task.taskId(), task.fencingToken()).toString())
            .setFencingToken(task.fencingToken().value())
            .setTask(
                TaskMapping.toWire(task).toBuilder()
                    .setState(io.tasklane.v1.Task.State.STATE_RUNNING)
                    .setAttempt(task.attempt() + 1)
                    .setWorker(worker)
                    .setInput(PayloadMapping.toWire(input)))
            .setTimeLimit(WireTime.of(limit));
    checkpoint.map(PayloadMapping::toWire).ifPresent(lease::setCheckpoint);
    return WorkResponse.newBuilder().setOffer(lease).build();
  }

  static WorkResponse acknowledgement(long sequence) {
    return WorkResponse.newBuilder()
        .setAcknowledgement(Acknowledgement.newBuilder().setSequence(sequence))
        .build();
  }

  static WorkResponse refused(long sequence, String leaseId, com.google.rpc.Status status) {
    return WorkResponse.newBuilder()
        .setRefused(
            Refused.newBuilder().setSequence(sequence).setLeaseId(leaseId).setStatus(status))
        .build();
  }

  static WorkResponse stop(
      LeaseName lease,
      WorkerListener.Stop why,
      Duration grace,
      Optional<Actor> actor,
      Optional<String> preemptedBy) {
    StopSignal.Builder stop =
        StopSignal.newBuilder()
            .setLeaseId(lease.toString())
            .setKind(kind(why))
            .setGrace(WireTime.of(grace));
    actor.map(FailureMapping::toWire).ifPresent(stop::setActor);
    preemptedBy.ifPresent(stop::setPreemptedBy);
    return WorkResponse.newBuilder().setStop(stop).build();
  }

  private static StopSignal.Kind kind(WorkerListener.Stop why) {
    return switch (why) {
      case CANCEL -> StopSignal.Kind.KIND_CANCEL;
      case TIMEOUT -> StopSignal.Kind.KIND_TIMEOUT;
      case PREEMPT -> StopSignal.Kind.KIND_PREEMPT;
      case DRAIN -> StopSignal.Kind.KIND_DRAIN;
    };
  }

  static WorkResponse leaseLost(LeaseName lease, String reason) {
    return WorkResponse.newBuilder()
        .setLeaseLost(LeaseLost.newBuilder().setLeaseId(lease.toString()).setReason(reason))
        .build();
  }

  static WorkResponse drain(Actor actor) {
    return WorkResponse.newBuilder()
        .setDrain(Drain.newBuilder().setActor(FailureMapping.toWire(actor)))
        .build();
  }
}
