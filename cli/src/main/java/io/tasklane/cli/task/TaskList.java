package io.tasklane.cli.task;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.PageOptions;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.ListTasksResponse;
import io.tasklane.v1.TaskServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tasklane task list}. */
@Command(
    name = "list",
    description = "List tasks.",
    footer = {"", "Example: tasklane task list --queue AI_ANALYSIS --state FAILED"},
    mixinStandardHelpOptions = true)
final class TaskList extends ServerCommand {
  @Option(names = "--queue", description = "Only tasks of this queue.")
  private String queue;

  @Option(names = "--state", description = "Only tasks in this state, for example QUEUED.")
  private String state;

  @Option(names = "--type", description = "Only tasks of this type.")
  private String type;

  @Option(
      names = "--filter",
      paramLabel = "EXPRESSION",
      description = "AIP-160, for example: priority = 8 AND labels.desk = \"fx\"")
  private String filter;

  @Option(names = "--order-by", paramLabel = "FIELDS", description = "As AIP-132 has it.")
  private String orderBy = "";

  @Mixin private PageOptions pages;

  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(TaskServiceGrpc::newBlockingStub);
    var tasks =
        new Listing<>(ListTasksResponse::getTasksList, ListTasksResponse::getNextPageToken)
            .limited(pages, (page, size) -> stub.listTasks(request(page, size)));
    new TaskView(out(), format()).many(tasks.elements());
    PageOptions.remark(err(), tasks.nextPage());
    return ExitCode.FINE;
  }

  private ListTasksRequest request(String page, int size) {
    return ListTasksRequest.newBuilder()
        .setPageSize(size)
        .setPageToken(page)
        .setFilter(String.join(" AND ", conditions()))
        .setOrderBy(orderBy)
        .build();
  }

  private List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    if (queue != null) {
      conditions.add("queue = \"" + QueueName.of(queue) + "\"");
    }
    if (state != null) {
      conditions.add("state = " + stateName());
    }
    if (type != null) {
      conditions.add("task_type = \"" + type + "\"");
    }
    if (filter != null) {
      // OR binds closer than AND in AIP-160, so no parentheses are needed.
      conditions.add(filter);
    }
    return conditions;
  }

  private String stateName() {
    try {
      return TaskStates.label(TaskStates.parse(state));
    } catch (IllegalArgumentException e) {
      throw usage("--state " + state + ": no such state; QUEUED, RUNNING, SUCCEEDED, ... are");
    }
  }
}
