package io.tasklane.cli.task;

import com.google.protobuf.Timestamp;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.LimitOptions;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.cli.command.WholeNumber.Priority;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.CreateTaskResponse;
import io.tasklane.v1.Dependency;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane task create}: durable once it answers. */
@Command(
    name = "create",
    description = "Create a task; it is durable once this answers.",
    footer = {
      "",
      "Example: tasklane task create AI_ANALYSIS system.echo --input "
          + "'{\"day\": \"Monday\"}' --wait"
    },
    mixinStandardHelpOptions = true)
final class TaskCreate extends ServerCommand {
  private static final int MOST_UNITS = 1_000_000;

  @Parameters(paramLabel = "QUEUE", description = "For example PORTFOLIO_SYNC.")
  private String queue;

  @Parameters(paramLabel = "TYPE", description = "For example system.echo or news_monitoring.")
  private String type;

  @Option(
      names = "--input",
      paramLabel = "JSON|@FILE|-",
      description = "The input, @ and a file that holds it, or - for standard input. Default: {}.")
  private String input = "{}";

  @Option(
      names = "--priority",
      paramLabel = "N",
      converter = Priority.class,
      description = "1 to 10, 10 runs first. Default: 5.")
  private Integer priority;

  @Option(names = "--id", description = "Final part of the name. Default: the server draws one.")
  private String id = "";

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "A label to find the task by; may be repeated.")
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--after",
      paramLabel = "TASK[:KEY]",
      description =
          "A task that has to succeed first; with a key its result is put into the input there."
              + " May be repeated.")
  private List<String> after = List.of();

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Not started before so long from now, for example 10m.")
  private Duration delay;

  @Option(
      names = "--expire",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Fails where it has not started so long from now.")
  private Duration expire;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "While an unfinished task of the queue has this key, that one is the answer.")
  private String key = "";

  @Option(
      names = "--ordering-key",
      paramLabel = "KEY",
      description = "Tasks with one key never overlap and keep their order, across queues.")
  private String orderingKey = "";

  @Option(
      names = "--resource",
      paramLabel = "NAME=UNITS",
      description = "Units of a resource that the run holds; may be repeated.")
  private Map<String, Integer> resources = Map.of();

  @Option(
      names = "--preemptible",
      description = "It gives way to tasks of higher priority, and goes on later.")
  private boolean preemptible;

  @Mixin private LimitOptions limits;

  @Mixin private RequestIdOption requestId;

  @Option(names = "--wait", description = "Wait until the task has ended.")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "With --wait: how long, for example 90s or 5m. Default: 1h.")
  private Duration timeout = Duration.ofHours(1);

  @Override
  protected ExitCode run(Connection connection) {
    resources.forEach(this::requireUnits);
    CreateTaskResponse created =
        connection.service(TaskServiceGrpc::newBlockingStub).createTask(request());
    TaskView view = new TaskView(out(), format());
    if (created.getExisting()) {
      err().println("this task existed before: " + created.getTask().getName());
    }
    if (!wait) {
      view.one(created.getTask());
      return ExitCode.FINE;
    }
    Wait.Outcome outcome = new Wait(connection).untilEnd(created.getTask().getName(), timeout);
    view.one(outcome.task());
    return outcome.exitCode();
  }

  private void requireUnits(String resource, int units) {
    if (units < 1 || units > MOST_UNITS) {
      throw usage("--resource " + resource + "=" + units + ": 1 to " + MOST_UNITS + " are allowed");
    }
  }

  private CreateTaskRequest request() {
    Task.Builder task =
        Task.newBuilder()
            .setQueue(QueueName.of(queue))
            .setTaskType(type)
            .setInput(TaskInput.read(input))
            .setDeduplicationKey(key)
            .setOrderingKey(orderingKey)
            .putAllResourceUnits(resources)
            .setPreemptible(preemptible)
            .putAllLabels(labels);
    if (priority != null) {
      task.setPriority(priority);
    }
    after.forEach(need -> task.addDependencies(dependency(need)));
    if (delay != null) {
      task.setRunAfterTime(fromNow(delay));
    }
    if (!limits.given().isEmpty()) {
      limits.addTo(task.getTimeoutsBuilder());
    }
    if (expire != null) {
      task.setExpireTime(fromNow(expire));
    }
    return CreateTaskRequest.newBuilder()
        .setRequestId(requestId.value())
        .setTaskId(id)
        .setTask(task)
        .build();
  }

  private static Dependency dependency(String need) {
    int colon = need.indexOf(':');
    Dependency.Builder dependency =
        Dependency.newBuilder().setTask(TaskName.of(colon < 0 ? need : need.substring(0, colon)));
    return dependency.setInputKey(colon < 0 ? "" : need.substring(colon + 1)).build();
  }

  private static Timestamp fromNow(Duration time) {
    Instant at = Instant.now().plus(time);
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }
}
