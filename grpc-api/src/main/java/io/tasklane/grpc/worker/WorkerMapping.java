package io.tasklane.grpc.worker;

import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.task.TaskTypeMapping;
import io.tasklane.grpc.wire.FailureMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.worker.Hello;
import io.tasklane.worker.Worker;
import io.tasklane.worker.WorkerState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Workers on the wire. */
final class WorkerMapping {
  private WorkerMapping() {}

  static io.tasklane.v1.Worker toWire(Worker worker) {
    io.tasklane.v1.Worker.Builder wire =
        io.tasklane.v1.Worker.newBuilder()
            .setName(worker.name())
            .setHost(worker.host())
            .setVersion(worker.version())
            .addAllQueues(worker.queues().stream().map(WireName.QUEUE::of).toList())
            .addAllTaskTypes(worker.taskTypes())
            .setSlots(worker.slots())
            .setBusySlots(worker.busySlots())
            .setState(state(worker.state()))
            .setCpuLoad(worker.cpuLoad())
            .setMemoryBytes(worker.memoryBytes())
            .setStartTime(WireTime.of(worker.startTime()))
            .setHeartbeatTime(WireTime.of(worker.heartbeatTime()))
            .addAllRunningTasks(worker.running());
    worker.node().ifPresent(node -> wire.setNode("nodes/" + node));
    worker.drainActor().map(FailureMapping::toWire).ifPresent(wire::setDrainActor);
    return wire.build();
  }

  static io.tasklane.v1.Worker.State state(WorkerState state) {
    return switch (state) {
      case HEALTHY -> io.tasklane.v1.Worker.State.STATE_HEALTHY;
      case SUSPECT -> io.tasklane.v1.Worker.State.STATE_SUSPECT;
      case DRAINING -> io.tasklane.v1.Worker.State.STATE_DRAINING;
      case LOST -> io.tasklane.v1.Worker.State.STATE_LOST;
      case STOPPED -> io.tasklane.v1.Worker.State.STATE_STOPPED;
    };
  }

  /** The rules of the contract have been checked. */
  static Hello hello(io.tasklane.v1.Hello wire) {
    io.tasklane.v1.Worker worker = wire.getWorker();
    return new Hello(
        worker.getName().isEmpty()
            ? Optional.empty()
            : Optional.of(WireName.WORKER.id(worker.getName(), "hello.worker.name")),
        worker.getHost(),
        worker.getVersion(),
        worker.getQueuesList().stream()
            .map(queue -> WireName.QUEUE.id(queue, "hello.worker.queues"))
            .toList(),
        worker.getSlots(),
        wire.getLeaseIdsList().stream().map(WorkMapping::lease).toList(),
        types(wire));
  }

  private static List<Hello.Type> types(io.tasklane.v1.Hello wire) {
    List<Hello.Type> types = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < wire.getTaskTypesCount(); i++) {
      io.tasklane.v1.TaskType type = wire.getTaskTypes(i);
      String field = "hello.task_types[" + i + "]";
      if (!names.add(type.getTaskType())) {
        throw InvalidRequest.field(
            Reason.INVALID_FIELD,
            field + ".task_type",
            "\"" + type.getTaskType() + "\" is there twice");
      }
      types.add(
          new Hello.Type(TaskTypeMapping.fromWire(type, field), TaskTypeMapping.revision(type)));
    }
    return types;
  }
}
