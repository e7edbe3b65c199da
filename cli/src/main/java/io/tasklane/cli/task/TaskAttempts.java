package io.tasklane.cli.task;

import com.google.gson.JsonArray;
import com.google.protobuf.util.Timestamps;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.output.Table;
import io.tasklane.v1.Attempt;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.ListTaskAttemptsResponse;
import io.tasklane.v1.TaskServiceGrpc;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane task attempts}: every run of a task, also the one under way. */
@Command(
    name = "attempts",
    description = "Show every run of a task, with its end and, if wished, its log.",
    footer = {"", "Example: tasklane task attempts news-42 --log"},
    mixinStandardHelpOptions = true)
final class TaskAttempts extends ServerCommand {
  @Parameters(paramLabel = "TASK", description = "Its name or the final part of it.")
  private String task;

  @Option(names = "--log", description = "Also print what the handlers logged.")
  private boolean log;

  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(TaskServiceGrpc::newBlockingStub);
    print(
        new Listing<>(
                ListTaskAttemptsResponse::getAttemptsList,
                ListTaskAttemptsResponse::getNextPageToken)
            .all(page -> stub.listTaskAttempts(request(page))));
    return ExitCode.FINE;
  }

  private ListTaskAttemptsRequest request(String page) {
    return ListTaskAttemptsRequest.newBuilder()
        .setName(TaskName.of(task))
        .setPageToken(page)
        .build();
  }

  private void print(List<Attempt> attempts) {
    if (format().isData()) {
      JsonArray array = new JsonArray();
      attempts.forEach(attempt -> array.add(Json.of(attempt)));
      out().println(format().document(array));
      return;
    }
    Table table = new Table("RUN", "TOKEN", "EXECUTOR", "STARTED", "ENDED", "FAILURE");
    attempts.forEach(attempt -> row(table, attempt));
    table.print(out());
    attempts.stream().filter(attempt -> attempt.getStepsCount() > 0).forEach(this::printSteps);
    if (log) {
      attempts.forEach(this::printLog);
    }
  }

  private static void row(Table table, Attempt attempt) {
    table.row(
        attempt.getNumber(),
        attempt.getFencingToken(),
        attempt.getExecutor(),
        Timestamps.toString(attempt.getStartTime()),
        attempt.hasEndTime() ? Timestamps.toString(attempt.getEndTime()) : "",
        attempt.hasFailure()
            ? attempt.getFailure().getCode() + ": " + attempt.getFailure().getMessage()
            : "");
  }

  private void printSteps(Attempt attempt) {
    out().println();
    out().println("steps of the run with token " + attempt.getFencingToken() + ":");
    StepTable.of(attempt.getStepsList()).print(out());
  }

  private void printLog(Attempt attempt) {
    out().println();
    out().println("log of the run with token " + attempt.getFencingToken() + ":");
    attempt.getLog().lines().forEach(line -> out().println("  " + line));
    out().flush();
  }
}
