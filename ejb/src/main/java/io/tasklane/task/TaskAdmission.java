package io.tasklane.task;

import io.tasklane.app.Refusal;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.store.QueueDirectory;
import io.tasklane.task.run.Handlers;
import io.tasklane.task.store.IntakeCheck;
import io.tasklane.task.store.NewTask;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks what somebody asks for, and fills in the defaults of its type and its queue. */
public final class TaskAdmission {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9._-]{1,128}");
  private static final Duration LONGEST_ATTEMPT = Duration.ofHours(24);
  private static final Duration LONGEST_TTL = Duration.ofDays(365);

  private final QueueDirectory queues;
  private final Handlers handlers;
  private final Supplier<String> names;
  private final Clock clock;
  private final InputSchemas schemas = new InputSchemas();

  /**
   * Makes it.
   *
   * @param queues that exist
   * @param handlers whose types exist
   * @param names draws ids for tasks whose client chose none
   * @param clock the time
   */
  public TaskAdmission(
      QueueDirectory queues, Handlers handlers, Supplier<String> names, Clock clock) {
    this.queues = queues;
    this.handlers = handlers;
    this.names = names;
    this.clock = clock;
  }

  /**
   * The task as it will be created.
   *
   * @throws Refusal that names the field, the value and what is allowed
   */
  public NewTask admit(TaskRequest request, String principal) {
    Queue queue = queue(request);
    TaskType type = type(request, queue);
    checkId(request);
    checkSize(request.input());
    Optional<Duration> ownTimeout = schemas.check(type, request.input());
    boolean ownLimits = !type.queues().isEmpty();
    return new NewTask(
        request.taskId().orElseGet(names),
        request.taskId().isPresent(),
        queue.key(),
        queue.queueId(),
        type.name(),
        request.input(),
        request.priority(),
        request.retryPolicy().orElse(ownLimits ? type.retryPolicy() : queue.retryPolicy()),
        within(
            "task.timeouts.attempt_timeout",
            request
                .attemptTimeout()
                .or(() -> ownTimeout)
                .orElse(ownLimits ? type.attemptTimeout() : queue.attemptTimeout()),
            LONGEST_ATTEMPT),
        within("task.result_ttl", request.resultTtl().orElse(queue.resultTtl()), LONGEST_TTL),
        request.labels(),
        principal);
  }

  /** What {@link #admit} and the command after it would have created, without a row. */
  public Task preview(TaskRequest request, String principal) {
    queues.refresh();
    Queue queue = queue(request);
    if (queue.isDeleted()) {
      throw IntakeCheck.unknown("task.queue", request.queue());
    }
    if (queue.state() == QueueState.DRAINING) {
      throw IntakeCheck.draining(request.queue());
    }
    return admit(request, principal).asCreated(0, 0, clock.instant());
  }

  /** Whether it still takes tasks is decided by the command that creates one. */
  private Queue queue(TaskRequest request) {
    return queues
        .find(request.queue())
        .orElseThrow(() -> IntakeCheck.unknown("task.queue", request.queue()));
  }

  private TaskType type(TaskRequest request, Queue queue) {
    TaskType type =
        handlers
            .find(request.taskType())
            .map(TaskHandler::type)
            .orElseThrow(() -> unknownType(request.taskType()));
    if (!type.isAcceptedBy(queue.queueId())) {
      throw Refusal.invalid(
          "TASK_TYPE_NOT_ACCEPTED",
          "task.task_type",
          "task type \""
              + type.name()
              + "\" is not accepted by "
              + queue.name()
              + ", only by "
              + String.join(", ", type.queues()));
    }
    return type;
  }

  private Refusal unknownType(String taskType) {
    String known = handlers.types().stream().map(TaskType::name).collect(Collectors.joining(", "));
    return Refusal.invalid(
        "TASK_TYPE_UNKNOWN",
        "task.task_type",
        "task type \"" + taskType + "\" is not served here; known are " + known);
  }

  private static void checkId(TaskRequest request) {
    request
        .taskId()
        .filter(id -> !ID.matcher(id).matches())
        .ifPresent(
            id -> {
              throw Refusal.invalid(
                  "INVALID_FIELD",
                  "task_id",
                  "task_id \"" + id + "\" is not allowed: " + ID.pattern());
            });
  }

  private static void checkSize(Payload input) {
    if (input.body().length > Payload.MAX_BYTES) {
      throw Refusal.invalid(
          "PAYLOAD_TOO_LARGE",
          "task.input.inline",
          "input of "
              + input.body().length
              + " bytes is not allowed: at most "
              + Payload.MAX_BYTES);
    }
  }

  private static Duration within(String field, Duration value, Duration most) {
    if (value.isZero() || value.isNegative() || value.compareTo(most) > 0) {
      throw Refusal.invalid(
          "INVALID_FIELD",
          field,
          field + " " + value + " is not allowed: more than zero, at most " + most);
    }
    return value;
  }
}
