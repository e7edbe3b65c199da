package io.tasklane.task.create;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.dependency.Dependency;
import io.tasklane.queue.Queue;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.task.Payload;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.TaskSpec;
import io.tasklane.task.TaskType;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.type.KnownTypes;
import io.tasklane.timeout.RequestedTimeouts;
import io.tasklane.timeout.Timeouts;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks requested tasks, and fills in the defaults of their types and queues. */
public final class TaskAdmission {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9._-]{1,128}");
  private static final String INPUT = "task.input";
  private static final Duration LONGEST_TTL = Duration.ofDays(365);

  private final QueueDirectory queues;
  private final KnownTypes types;
  private final Supplier<String> names;
  private final Clock clock;
  private final InputSchemas schemas = new InputSchemas();

  /**
   * Creates the checks with the parts they use.
   *
   * @param queues that exist
   * @param types that exist
   * @param names draws ids for tasks whose client chose none
   * @param clock the time
   */
  public TaskAdmission(
      QueueDirectory queues, KnownTypes types, Supplier<String> names, Clock clock) {
    this.queues = queues;
    this.types = types;
    this.names = names;
    this.clock = clock;
  }

  /**
   * The task as it will be created.
   *
   * @param path of the request in the message, "" or "requests[i]."; the fields of refusals begin
   *     with it
   * @throws Refusal that names the field, the value and what is allowed
   */
  public NewTask admit(TaskRequest request, String path, String principal) {
    try {
      checkSize(request.input());
      return check(request, path, principal);
    } catch (Refusal refusal) {
      throw refusal.within(path);
    }
  }

  /**
   * The same for an input of any size, which will be stored as an artifact.
   *
   * @throws Refusal like {@link #admit}
   */
  public NewTask admitWhole(TaskRequest request, String principal) {
    return check(request, "", principal);
  }

  private NewTask check(TaskRequest request, String path, String principal) {
    Queue queue = queue(request);
    TaskType type = type(request, queue);
    checkId(request);
    Set<String> handedOver = StartChecks.check(request, clock.instant());
    Optional<Duration> ownTimeout = schemas.check(type, request.input(), handedOver);
    TaskSpec spec =
        new TaskSpec(
            request.taskId().orElseGet(names),
            queue.queueId(),
            type.name(),
            request.input(),
            request.priority(),
            request.retryPolicy().or(type::retryPolicy).orElse(queue.retryPolicy()),
            TimeoutChecks.check(timeouts(request, ownTimeout, type, queue)),
            within("task.result_ttl", request.resultTtl().orElse(queue.resultTtl()), LONGEST_TTL),
            LabelChecks.check(request.labels()),
            request.start(),
            request.deduplicationKey(),
            request.rules());
    return new NewTask(spec, request.taskId().isPresent(), queue.key(), principal, path, 0);
  }

  /**
   * Checks an input that outputs of needed tasks were put into.
   *
   * @throws Refusal INPUT_SCHEMA
   */
  public void checkComplete(String taskType, Payload input) {
    types.type(taskType).ifPresent(type -> schemas.check(type, input, Set.of()));
  }

  /**
   * A copy of a task that has ended, under a name of its own.
   *
   * @param needs what it depends on
   * @param input instead of the old one
   * @throws Refusal INVALID_ARGUMENT about {@code input_override}; FAILED_PRECONDITION where such a
   *     task could not be created now
   */
  public NewTask again(
      Task original, List<Dependency> needs, Optional<Payload> input, String principal) {
    TaskRequest same = TaskRequest.again(original, needs);
    try {
      return admit(input.map(same::withWholeInput).orElse(same), "", principal);
    } catch (Refusal refusal) {
      String field = refusal.field().orElse("");
      if (input.isPresent() && field.startsWith(INPUT)) {
        throw refusal.at("input_override" + field.substring(INPUT.length()));
      }
      throw notAgain(original, refusal);
    }
  }

  /** The refusal of a copy, by why its creation was refused. */
  static Refusal notAgain(Task original, Refusal why) {
    return Refusal.precondition(
        why.reason(), original.name(), "cannot be run again: " + why.getMessage());
  }

  /**
   * The queue of a new task. Whether it still accepts tasks is decided by the command that creates
   * the task.
   */
  private Queue queue(TaskRequest request) {
    return queues
        .find(request.queue())
        .orElseThrow(
            () ->
                Refusal.invalid(
                    RefusalReason.QUEUE_UNKNOWN,
                    "task.queue",
                    "queue \"queues/" + request.queue() + "\" does not exist"));
  }

  private TaskType type(TaskRequest request, Queue queue) {
    TaskType type =
        types.type(request.taskType()).orElseThrow(() -> unknownType(request.taskType()));
    if (!type.isAcceptedBy(queue.queueId())) {
      throw Refusal.invalid(
          RefusalReason.TASK_TYPE_NOT_ACCEPTED,
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
    String known = types.types().stream().map(TaskType::name).collect(Collectors.joining(", "));
    return Refusal.invalid(
        RefusalReason.TASK_TYPE_UNKNOWN,
        "task.task_type",
        "task type \"" + taskType + "\" is not known; known are " + known);
  }

  private static void checkId(TaskRequest request) {
    request
        .taskId()
        .filter(id -> !ID.matcher(id).matches())
        .ifPresent(
            id -> {
              throw Refusal.invalid(
                  RefusalReason.INVALID_FIELD,
                  "task_id",
                  "task_id \"" + id + "\" is not allowed: " + ID.pattern());
            });
  }

  private static void checkSize(Payload input) {
    if (input.body().length > Payload.MAX_BYTES) {
      throw Refusal.invalid(
          RefusalReason.PAYLOAD_TOO_LARGE,
          "task.input.inline",
          "input of "
              + input.body().length
              + " bytes is not allowed: at most "
              + Payload.MAX_BYTES);
    }
  }

  /** The time limits of the task itself, else those of its input, its type, its queue. */
  private static Timeouts timeouts(
      TaskRequest request, Optional<Duration> ofInput, TaskType type, Queue queue) {
    RequestedTimeouts input =
        ofInput.map(RequestedTimeouts.NONE::withAttempt).orElse(RequestedTimeouts.NONE);
    return queue.timeouts().with(type.timeouts()).with(input).with(request.timeouts());
  }

  private static Duration within(String field, Duration value, Duration most) {
    if (value.isZero() || value.isNegative() || value.compareTo(most) > 0) {
      throw Refusal.invalid(
          RefusalReason.INVALID_FIELD,
          field,
          field + " " + value + " is not allowed: more than zero, at most " + most);
    }
    return value;
  }
}
