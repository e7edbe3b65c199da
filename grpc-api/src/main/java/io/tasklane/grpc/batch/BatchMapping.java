package io.tasklane.grpc.batch;

import io.tasklane.batch.BatchKind;
import io.tasklane.batch.BatchPace;
import io.tasklane.batch.BatchRefusal;
import io.tasklane.batch.BatchRequest;
import io.tasklane.batch.BatchState;
import io.tasklane.batch.InvalidBatchException;
import io.tasklane.grpc.call.CallInfo;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.task.Priority;
import io.tasklane.v1.BatchOperation;
import io.tasklane.v1.StartBatchOperationRequest;
import java.util.Optional;

/** Batch operations as the wire shows them. */
final class BatchMapping {
  /** Path of a batch operation in the request that starts it. */
  static final String PATH = "batch_operation.";

  private BatchMapping() {}

  /**
   * What a request wants, in the name of its caller.
   *
   * @throws InvalidRequest INVALID_FIELD where a field does not belong to the kind
   */
  static BatchRequest fromWire(StartBatchOperationRequest request) {
    BatchOperation wire = request.getBatchOperation();
    int priority = wire.getPriority();
    int perSecond = wire.getMaximumPerSecond();
    try {
      return new BatchRequest(
          BatchKind.of(wire.getKindValue()),
          wire.getFilter(),
          priority == 0 ? Optional.empty() : Optional.of(new Priority(priority)),
          wire.getForce(),
          wire.getIgnoreDependencies(),
          perSecond == 0 ? BatchPace.USUAL : perSecond,
          CallInfo.current().caller().actor(request.getReason()));
    } catch (InvalidBatchException invalid) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          PATH + invalid.field(),
          "with " + wire.getKind() + " " + invalid.getMessage());
    }
  }

  /** A batch operation that was only checked. */
  static BatchOperation checked(BatchRequest request, int matched) {
    return described(request).setMatchedCount(matched).setLeftCount(matched).build();
  }

  /** A batch operation as it is. */
  static BatchOperation toWire(io.tasklane.batch.BatchOperation operation) {
    BatchOperation.Builder wire =
        described(operation.request())
            .setName(operation.name())
            .setState(state(operation.state()))
            .setMatchedCount(operation.counts().matched())
            .setDoneCount(operation.counts().done())
            .setRefusedCount(operation.counts().refused())
            .setLeftCount(operation.counts().left())
            .setCreateTime(WireTime.of(operation.createTime()))
            .setFailureMessage(operation.failure());
    operation.endTime().map(WireTime::of).ifPresent(wire::setEndTime);
    operation.stoppedBy().map(FailureMapping::toWire).ifPresent(wire::setStopActor);
    return wire.build();
  }

  private static BatchOperation.Builder described(BatchRequest request) {
    return BatchOperation.newBuilder()
        .setKind(BatchOperation.Kind.forNumber(request.kind().code()))
        .setFilter(request.filter())
        .setPriority(request.priority().map(Priority::value).orElse(0))
        .setMaximumPerSecond(request.perSecond())
        .setForce(request.force())
        .setIgnoreDependencies(request.ignoreDependencies())
        .setActor(FailureMapping.toWire(request.actor()));
  }

  private static BatchOperation.State state(BatchState state) {
    return switch (state) {
      case RUNNING -> BatchOperation.State.STATE_RUNNING;
      case STOPPED -> BatchOperation.State.STATE_STOPPED;
      case SUCCEEDED -> BatchOperation.State.STATE_SUCCEEDED;
      case FAILED -> BatchOperation.State.STATE_FAILED;
    };
  }

  /** A target that was refused. */
  static io.tasklane.v1.BatchRefusal toWire(BatchRefusal refusal) {
    return io.tasklane.v1.BatchRefusal.newBuilder()
        .setTarget(refusal.target())
        .setReason(refusal.reason())
        .setMessage(refusal.message())
        .build();
  }
}
