package io.tasklane.grpc.task;

import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.step.TaskStep;

/** Steps of tasks, to the wire. */
public final class StepMapping {
  private StepMapping() {}

  /** A step; the codes of kind and state are their numbers on the wire. */
  public static io.tasklane.v1.TaskStep toWire(TaskStep step) {
    io.tasklane.v1.TaskStep.Builder wire =
        io.tasklane.v1.TaskStep.newBuilder()
            .setName(step.name())
            .setKindValue(step.kind().code())
            .setStateValue(step.state().code())
            .setStartTime(WireTime.of(step.startTime()))
            .setResultSizeBytes(step.resultBytes())
            .setFailedTries(step.failedTries())
            .setAttempt(step.attempt());
    step.endTime().map(WireTime::of).ifPresent(wire::setEndTime);
    step.due().map(WireTime::of).ifPresent(wire::setDueTime);
    step.failure().map(FailureMapping::toWire).ifPresent(wire::setFailure);
    return wire.build();
  }
}
