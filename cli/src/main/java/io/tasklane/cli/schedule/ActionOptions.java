package io.tasklane.cli.schedule;

import io.tasklane.cli.command.LimitOptions;
import io.tasklane.cli.command.WholeNumber.Priority;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.cli.task.TaskInput;
import io.tasklane.cli.template.TemplateName;
import io.tasklane.cli.workflow.WorkflowFile;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.Task;
import io.tasklane.v1.TemplateStart;
import io.tasklane.v1.Workflow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What each run starts, as options: a task, or a workflow from a file or a template. */
final class ActionOptions {
  @Option(
      names = "--template",
      paramLabel = "TEMPLATE",
      description = {
        "Start a workflow from this template, or TEMPLATE@VERSION, instead of a task.",
        "Default: the newest version at each run."
      })
  private String template;

  @Option(
      names = "--workflow",
      paramLabel = "FILE",
      description = "Start the workflow in this file, as JSON, instead of a task.")
  private String workflow;

  @Option(
      names = "--input",
      paramLabel = "[NAME=]JSON|@FILE|-",
      description = {
        "The input of the task, @ and a file that holds it, or - for standard input. Default: {}.",
        "With --template or --workflow an input by its name; may be repeated."
      })
  private List<String> input = List.of();

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

  /** What is wrong with these options together; empty if nothing is. */
  Optional<String> problem(String queue, String type) {
    if (template != null && workflow != null) {
      return Optional.of("--template and --workflow do not go together");
    }
    if (template == null && workflow == null) {
      if (type == null) {
        return Optional.of("say what: give QUEUE and TYPE of a task, --template or --workflow");
      }
      return input.size() > 1 ? Optional.of("a task has one --input") : Optional.empty();
    }
    if (queue != null) {
      return Optional.of("QUEUE and TYPE belong to a task, not to a workflow");
    }
    if (priority != null
        || !labels.isEmpty()
        || !orderingKey.isEmpty()
        || !limits.given().isEmpty()) {
      return Optional.of("--priority, --label, --ordering-key and time limits belong to a task");
    }
    return input.stream()
        .filter(given -> !given.matches("[a-zA-Z_][a-zA-Z0-9_]*=(?s:.*)"))
        .findFirst()
        .map(
            wrong -> "--input " + wrong + " is not allowed: write NAME=JSON, NAME=@FILE or NAME=-");
  }

  /** Adds the action that the options ask for. */
  void addTo(Schedule.Builder schedule, String queue, String type) {
    if (template != null) {
      TemplateStart.Builder start =
          schedule.getTemplateStartBuilder().setTemplate(TemplateName.of(template));
      inputs().forEach((name, value) -> start.putInputs(name, TaskInput.read(value)));
    } else if (workflow != null) {
      Workflow.Builder tree = WorkflowFile.read("--workflow", workflow).toBuilder();
      inputs().forEach((name, value) -> tree.putInputs(name, TaskInput.read(value)));
      schedule.setWorkflow(tree);
    } else {
      schedule.setTask(task(queue, type));
    }
  }

  private Map<String, String> inputs() {
    Map<String, String> inputs = new LinkedHashMap<>();
    input.forEach(
        given -> {
          int equals = given.indexOf('=');
          inputs.put(given.substring(0, equals), given.substring(equals + 1));
        });
    return inputs;
  }

  /** The task of this type in this queue. */
  private Task task(String queue, String type) {
    Task.Builder task =
        Task.newBuilder()
            .setQueue(QueueName.of(queue))
            .setTaskType(type)
            .setInput(TaskInput.read(input.isEmpty() ? "{}" : input.get(0)))
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
