package io.tasklane.grpc.deadletter;

import io.tasklane.deadletter.DeadLetter;
import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;

/** A dead letter as the wire shows it. */
final class DeadLetterMapping {
  private DeadLetterMapping() {}

  static io.tasklane.v1.DeadLetter toWire(DeadLetter letter) {
    io.tasklane.v1.DeadLetter.Builder wire =
        io.tasklane.v1.DeadLetter.newBuilder()
            .setName(WireName.DEAD_LETTER.of(letter.taskId()))
            .setTask(WireName.TASK.of(letter.taskId()))
            .setQueue(WireName.QUEUE.of(letter.queue()))
            .setTaskType(letter.taskType())
            .setFailure(FailureMapping.toWire(letter.failure()))
            .setFingerprint(letter.fingerprint())
            .setReplayCount(letter.replayCount())
            .setAttemptCount(letter.attemptCount())
            .setCreateTime(WireTime.of(letter.createTime()));
    letter.lastReplay().map(FailureMapping::toWire).ifPresent(wire::setLastReplayActor);
    letter.lastReplayTime().map(WireTime::of).ifPresent(wire::setLastReplayTime);
    return wire.build();
  }
}
