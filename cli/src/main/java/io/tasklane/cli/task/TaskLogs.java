package io.tasklane.cli.task;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.Attempt;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.ListTaskAttemptsResponse;
import io.tasklane.v1.TaskServiceGrpc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane task logs}: what the handlers of a task have logged, also while they run. */
@Command(
    name = "logs",
    description = "Print what the runs of a task have logged, also the one under way.",
    footer = {"", "Example: tasklane task logs news-42 --follow"},
    mixinStandardHelpOptions = true)
final class TaskLogs extends ServerCommand {
  private static final long PAUSE_MILLIS = 1_000;

  @Parameters(paramLabel = "TASK", description = "Its name or the final part of it.")
  private String task;

  @Option(
      names = {"-f", "--follow"},
      description = "Print further lines as they come, until the task has ended.")
  private boolean follow;

  /** What is printed of each run, by its token. */
  private final Map<Long, LogLines> printed = new HashMap<>();

  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(TaskServiceGrpc::newBlockingStub);
    GetTaskRequest asked = GetTaskRequest.newBuilder().setName(TaskName.of(task)).build();
    while (true) {
      // first the state: what is logged before the end is there after it
      boolean ended = TaskStates.isEnded(stub.getTask(asked).getTask());
      print(
          new Listing<>(
                  ListTaskAttemptsResponse::getAttemptsList,
                  ListTaskAttemptsResponse::getNextPageToken)
              .all(page -> stub.listTaskAttempts(request(page))));
      if (ended || !follow || !pause()) {
        return ExitCode.FINE;
      }
    }
  }

  private ListTaskAttemptsRequest request(String page) {
    return ListTaskAttemptsRequest.newBuilder()
        .setName(TaskName.of(task))
        .setPageToken(page)
        .build();
  }

  private void print(List<Attempt> attempts) {
    for (Attempt attempt : attempts) {
      printed
          .computeIfAbsent(attempt.getFencingToken(), token -> new LogLines())
          .more(attempt.getLog())
          .forEach(out()::println);
    }
    out().flush();
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
