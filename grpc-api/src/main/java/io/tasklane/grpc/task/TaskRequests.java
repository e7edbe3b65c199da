package io.tasklane.grpc.task;

import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.grpc.error.Reason;
import io.tasklane.grpc.wire.PayloadMapping;
import io.tasklane.grpc.wire.RetryMapping;
import io.tasklane.grpc.wire.TimeoutMapping;
import io.tasklane.grpc.wire.WireName;
import io.tasklane.grpc.wire.WireTime;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.task.Priority;
import io.tasklane.task.RunRules;
import io.tasklane.task.StartConditions;
import io.tasklane.task.TaskRequest;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what a client asks to be created. Output-only fields are ignored, as AIP-203 wants it. */
public final class TaskRequests {
  private TaskRequests() {}

  /**
   * The task a request asks for.
   *
   * @param path of the request in the message it is part of: "" or "requests[i]."
   * @throws InvalidRequest naming the field that is wrong
   */
  public static TaskRequest read(CreateTaskRequest request, String path) {
    Task task = request.getTask();
    String field = path + "task.";
    return new TaskRequest(
        taskId(request, path),
        WireName.QUEUE.id(task.getQueue(), field + "queue"),
        task.getTaskType(),
        PayloadMapping.fromWire(task.getInput()),
        allowed(field + "priority", () -> Priority.ofWire(task.getPriority())),
        retryPolicy(task, field),
        TimeoutMapping.fromWire(task.getTimeouts()),
        resultTtl(task),
        task.getLabelsMap(),
        start(task, field),
        task.getDeduplicationKey().isEmpty()
            ? Optional.empty()
            : Optional.of(task.getDeduplicationKey()),
        rules(task));
  }

  private static RunRules rules(Task task) {
    return new RunRules(
        task.getOrderingKey().isEmpty() ? Optional.empty() : Optional.of(task.getOrderingKey()),
        task.getResourceUnitsMap(),
        task.getPreemptible());
  }

  private static StartConditions start(Task task, String field) {
    return new StartConditions(
        task.getDependenciesList().stream().map(TaskRequests::dependency).toList(),
        task.hasRunAfterTime()
            ? Optional.of(WireTime.of(task.getRunAfterTime(), field + "run_after_time"))
            : Optional.empty(),
        task.hasExpireTime()
            ? Optional.of(WireTime.of(task.getExpireTime(), field + "expire_time"))
            : Optional.empty());
  }

  private static Dependency dependency(io.tasklane.v1.Dependency wire) {
    return new Dependency(
        WireName.TASK.id(wire.getTask(), "task.dependencies.task"),
        wire.getPolicy() == io.tasklane.v1.Dependency.Policy.POLICY_UNSPECIFIED
            ? DependencyPolicy.ON_SUCCESS
            : DependencyPolicy.of(wire.getPolicyValue()),
        wire.getInputKey().isEmpty() ? Optional.empty() : Optional.of(wire.getInputKey()));
  }

  /** A name may be given beside or instead of the id, but the two must not differ. */
  private static Optional<String> taskId(CreateTaskRequest request, String path) {
    String id = request.getTaskId();
    String name = request.getTask().getName();
    if (!name.isEmpty() && !name.equals(WireName.TASK.of(id))) {
      throw InvalidRequest.field(
          Reason.INVALID_FIELD,
          path + "task.name",
          "\"" + name + "\" is not allowed: the name comes from task_id, which is \"" + id + "\"");
    }
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  private static Optional<RetryPolicy> retryPolicy(Task task, String field) {
    return task.hasRetryPolicy()
        ? Optional.of(
            allowed(field + "retry_policy", () -> RetryMapping.fromWire(task.getRetryPolicy())))
        : Optional.empty();
  }

  private static Optional<Duration> resultTtl(Task task) {
    return task.hasResultTtl() ? Optional.of(WireTime.of(task.getResultTtl())) : Optional.empty();
  }

  /** Core's constructors know what is allowed; here the field gets its name. */
  private static <V> V allowed(String field, Supplier<V> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException notAllowed) {
      throw InvalidRequest.field(Reason.INVALID_FIELD, field, notAllowed.getMessage());
    }
  }
}
