package io.tasklane.cli.task;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.ListTasksResponse;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tasklane task list}. */
@Command(name = "list", description = "List tasks.", mixinStandardHelpOptions = true)
final class TaskList extends ServerCommand {
  private static final int LARGEST_PAGE = 500;

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

  @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: 50.")
  private int limit = 50;

  @Override
  protected ExitCode run(Connection connection) {
    if (limit < 1) {
      throw usage("--limit " + limit + ": at least 1 is allowed");
    }
    List<Task> tasks = new ArrayList<>();
    String page = "";
    do {
      ListTasksResponse answer =
          connection
              .service(TaskServiceGrpc::newBlockingStub)
              .listTasks(request(page, tasks.size()));
      tasks.addAll(answer.getTasksList());
      page = answer.getNextPageToken();
    } while (!page.isEmpty() && tasks.size() < limit);
    new TaskView(out(), format()).many(tasks);
    if (!page.isEmpty()) {
      err().println("there are more; ask for them with --limit or narrow them with --filter");
    }
    return ExitCode.FINE;
  }

  private ListTasksRequest request(String page, int have) {
    return ListTasksRequest.newBuilder()
        .setPageSize(Math.min(limit - have, LARGEST_PAGE))
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
