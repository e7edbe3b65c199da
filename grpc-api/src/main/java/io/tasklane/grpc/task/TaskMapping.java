package io.tasklane.grpc.task;

import io.tasklane.dependency.Dependency;
import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.RetryMapping;
import io.tasklane.grpc.wire.TimeoutMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.task.Progress;
import io.tasklane.task.Task;

/** A task as the wire shows it. */
public final class TaskMapping {
  private static final String NODES = "nodes/";
  private static final String WORKERS = "workers/";

  private TaskMapping() {}

  /** Every field that is served. The code of a state is its number on the wire. */
  public static io.tasklane.v1.Task toWire(Task task) {
    io.tasklane.v1.Task.Builder wire =
        io.tasklane.v1.Task.newBuilder()
            .setName(task.name())
            .setQueue(WireName.QUEUE.of(task.queue()))
            .setTaskType(task.taskType())
            .setInput(PayloadMapping.toWire(task.input()))
            .setPriority(task.priority().value())
            .setRetryPolicy(RetryMapping.toWire(task.retryPolicy()))
            .setTimeouts(TimeoutMapping.toWire(task.timeouts()))
            .setResultTtl(WireTime.of(task.resultTtl()))
            .putAllLabels(task.labels())
            .setStateValue(task.state().code())
            .setAttempt(task.attempt())
            .setResultPartial(task.resultPartial())
            .setCreateTime(WireTime.of(task.createTime()))
            .setRevision(task.revision())
            .setEtag(etag(task.version()))
            .setWorker(task.node().isEmpty() ? "" : executor(task.node()))
            .setLostCount(task.lostCount())
            .setLostAloneCount(task.lostAloneCount())
            .setRetryOf(task.retryOf().map(WireName.TASK::of).orElse(""))
            .setWorkflow(task.workflowId().map(WireName.WORKFLOW::of).orElse(""))
            .setSchedule(task.scheduleId().map(WireName.SCHEDULE::of).orElse(""));
    addStart(task, wire);
    addOutcome(task, wire);
    addTimes(task, wire);
    return wire.build();
  }

  /** The entity tag of a version (RFC 9110 wants the quotes). */
  static String etag(int version) {
    return "\"" + version + "\"";
  }

  /** How far a run is. */
  public static io.tasklane.v1.Progress toWire(Progress progress) {
    return io.tasklane.v1.Progress.newBuilder()
        .setCompletedUnits(progress.completedUnits())
        .setTotalUnits(progress.totalUnits())
        .setCurrentUnit(progress.currentUnit())
        .setMessage(progress.message())
        .setUpdateTime(WireTime.of(progress.updateTime()))
        .setDetails(progress.details())
        .build();
  }

  private static void addStart(Task task, io.tasklane.v1.Task.Builder wire) {
    for (Dependency dependency : task.start().dependencies()) {
      wire.addDependenciesBuilder()
          .setTask(dependency.taskName())
          .setPolicyValue(dependency.policy().code())
          .setInputKey(dependency.inputKey().orElse(""));
    }
    task.start().runAfter().map(WireTime::of).ifPresent(wire::setRunAfterTime);
    task.start().expireTime().map(WireTime::of).ifPresent(wire::setExpireTime);
    task.deduplicationKey().ifPresent(wire::setDeduplicationKey);
    task.rules().orderingKey().ifPresent(wire::setOrderingKey);
    wire.putAllResourceUnits(task.rules().resourceUnits())
        .setPreemptible(task.rules().preemptible());
  }

  private static void addOutcome(Task task, io.tasklane.v1.Task.Builder wire) {
    task.progress().map(TaskMapping::toWire).ifPresent(wire::setProgress);
    task.result().map(PayloadMapping::toWire).ifPresent(wire::setResult);
    task.failure().map(FailureMapping::toWire).ifPresent(wire::setFailure);
    task.cancelActor().map(FailureMapping::toWire).ifPresent(wire::setCancelActor);
  }

  private static void addTimes(Task task, io.tasklane.v1.Task.Builder wire) {
    task.startTime().map(WireTime::of).ifPresent(wire::setStartTime);
    task.endTime().map(WireTime::of).ifPresent(wire::setEndTime);
    task.nextAttemptTime().map(WireTime::of).ifPresent(wire::setNextAttemptTime);
    task.resultExpireTime().map(WireTime::of).ifPresent(wire::setResultExpireTime);
  }

  /** The name of who runs a task: a worker's is stored whole, that of a node without "nodes/". */
  static String executor(String stored) {
    return stored.startsWith(WORKERS) ? stored : NODES + stored;
  }
}
