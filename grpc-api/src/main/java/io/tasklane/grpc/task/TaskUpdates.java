package io.tasklane.grpc.task;

import com.google.protobuf.FieldMask;
import io.tasklane.grpc.call.RequestCheck;
import io.tasklane.grpc.call.UpdateMask;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.wire.WireEtag;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.task.Priority;
import io.tasklane.task.update.TaskUpdate;
import io.tasklane.task.update.TaskUpdate.Field;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Task;
import io.tasklane.v1.UpdateTaskRequest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads how a client wants a task to be changed. */
final class TaskUpdates {
  private static final Map<String, Field> FIELDS =
      Map.of(
          "priority", Field.PRIORITY,
          "run_after_time", Field.RUN_AFTER_TIME,
          "expire_time", Field.EXPIRE_TIME,
          "labels", Field.LABELS);

  private static final UpdateMask.Fields MUTABLE =
      new UpdateMask.Fields(FIELDS.keySet().stream().sorted().toList(), false, Set.of());

  private TaskUpdates() {}

  /**
   * What the request wants to be different.
   *
   * @param check the rules of the contract
   * @throws InvalidRequest naming the field that is wrong
   */
  static TaskUpdate read(UpdateTaskRequest request, RequestCheck check) {
    Task task = request.getTask();
    FieldMask mask = UpdateMask.named(request.getUpdateMask(), task, MUTABLE).mask();
    Set<Field> fields = mask.getPathsList().stream().map(FIELDS::get).collect(Collectors.toSet());
    check.check(probe(task, fields));
    return new TaskUpdate(
        fields,
        Priority.ofWire(fields.contains(Field.PRIORITY) ? task.getPriority() : 0),
        task.hasRunAfterTime()
            ? Optional.of(WireTime.of(task.getRunAfterTime(), "task.run_after_time"))
            : Optional.empty(),
        task.hasExpireTime()
            ? Optional.of(WireTime.of(task.getExpireTime(), "task.expire_time"))
            : Optional.empty(),
        fields.contains(Field.LABELS) ? task.getLabelsMap() : Map.of());
  }

  /** The rules stand at the fields of a whole task: the named ones are put into one. */
  private static CreateTaskRequest probe(Task task, Set<Field> fields) {
    Task.Builder whole = Task.newBuilder().setQueue("queues/X").setTaskType("x");
    if (fields.contains(Field.PRIORITY)) {
      whole.setPriority(task.getPriority());
    }
    if (fields.contains(Field.LABELS)) {
      whole.putAllLabels(task.getLabelsMap());
    }
    return CreateTaskRequest.newBuilder().setTask(whole).build();
  }

  /**
   * The version that an etag stands for, empty for an empty one.
   *
   * @throws InvalidRequest for a text that is none
   */
  static OptionalInt version(String etag) {
    return WireEtag.read(etag, "task.etag").stream()
        .mapToInt(text -> Integer.parseInt(text.substring(1, text.length() - 1)))
        .findFirst();
  }
}
