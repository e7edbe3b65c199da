package io.tasklane.grpc.task;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest.FieldViolation;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.v1.Payload;
import io.tasklane.v1.Task;
import io.tasklane.v1.Timeouts;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which fields of a task are part of the contract and have no effect yet. A request that sets one
 * is refused, because a dependency or a deadline that is silently ignored does harm.
 */
final class ServedFields {
  private static final Set<Integer> TASK =
      Set.of(
          Task.ORDERING_KEY_FIELD_NUMBER,
          Task.DEPENDENCIES_FIELD_NUMBER,
          Task.RUN_AFTER_TIME_FIELD_NUMBER,
          Task.EXPIRE_TIME_FIELD_NUMBER,
          Task.PREEMPTIBLE_FIELD_NUMBER,
          Task.DEDUPLICATION_KEY_FIELD_NUMBER,
          Task.WORKFLOW_FIELD_NUMBER,
          Task.SCHEDULE_FIELD_NUMBER,
          Task.RESOURCE_UNITS_FIELD_NUMBER);
  private static final Set<Integer> TIMEOUTS =
      Set.of(
          Timeouts.QUEUE_TIMEOUT_FIELD_NUMBER,
          Timeouts.TOTAL_TIMEOUT_FIELD_NUMBER,
          Timeouts.HEARTBEAT_TIMEOUT_FIELD_NUMBER,
          Timeouts.CANCEL_GRACE_FIELD_NUMBER);
  private static final Set<Integer> INPUT = Set.of(Payload.REFERENCE_FIELD_NUMBER);

  private ServedFields() {}

  /**
   * Passes a task that sets only what has an effect.
   *
   * @param path of the task's fields in the request, such as "task."
   * @throws InvalidRequest FIELD_NOT_SERVED, naming each of the others
   */
  static void check(Task task, String path) {
    List<FieldViolation> unserved =
        Stream.of(
                set(task, TASK, path),
                set(task.getTimeouts(), TIMEOUTS, path + "timeouts."),
                set(task.getInput(), INPUT, path + "input."))
            .flatMap(fields -> fields)
            .toList();
    if (!unserved.isEmpty()) {
      throw new InvalidRequest(Reason.FIELD_NOT_SERVED, unserved);
    }
  }

  private static Stream<FieldViolation> set(Message message, Set<Integer> numbers, String path) {
    return message.getAllFields().keySet().stream()
        .filter(field -> numbers.contains(field.getNumber()))
        .map(FieldDescriptor::getName)
        .map(name -> told(path + name));
  }

  private static FieldViolation told(String field) {
    return InvalidRequest.violation(
        Reason.FIELD_NOT_SERVED, field, "is not served yet: leave it unset");
  }
}
