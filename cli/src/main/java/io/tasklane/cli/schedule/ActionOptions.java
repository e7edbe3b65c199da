package io.tasklane.cli.schedule;

import io.tasklane.cli.command.LimitOptions;
import io.tasklane.cli.command.WholeNumber.Priority;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.cli.task.TaskInput;
import io.tasklane.v1.Task;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the task of each run is about, as options. */
final class ActionOptions {
  @Option(
      names = "--input",
      paramLabel = "JSON|@FILE",
      description = "The input, or @ and a file that holds it. Default: {}.")
  private String input = "{}";

  @Option(
      names = "--priority",
      paramLabel = "N",
      converter = Priority.class,
      description = "1 to 10, 10 runs first. Default: 5.")
  private Integer priority;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "A label to find the tasks by; may be repeated.")
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--ordering-key",
      paramLabel = "KEY",
      description = "Tasks with one key never overlap and keep their order, across queues.")
  private String orderingKey = "";

  @Mixin private LimitOptions limits;

  /** The task of this type in this queue. */
  Task task(String queue, String type) {
    Task.Builder task =
        Task.newBuilder()
            .setQueue(QueueName.of(queue))
            .setTaskType(type)
            .setInput(TaskInput.read(input))
            .setOrderingKey(orderingKey)
            .putAllLabels(labels);
    if (priority != null) {
      task.setPriority(priority);
    }
    if (!limits.given().isEmpty()) {
      limits.addTo(task.getTimeoutsBuilder());
    }
    return task.build();
  }
}
