package io.tasklane.cli.schedule;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.PageOptions;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.ListScheduleRunsRequest;
import io.tasklane.v1.ListScheduleRunsResponse;
import io.tasklane.v1.ScheduleServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tasklane schedule history}. */
@Command(
    name = "history",
    description = "Show what has become of a schedule, the newest first.",
    footer = {"", "Example: tasklane schedule history eod-report --limit 10"},
    mixinStandardHelpOptions = true)
final class ScheduleHistory extends ServerCommand {
  @Parameters(paramLabel = "SCHEDULE", description = "For example eod-report.")
  private String schedule;

  @Mixin private PageOptions pages;

  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(ScheduleServiceGrpc::newBlockingStub);
    var runs =
        new Listing<>(
                ListScheduleRunsResponse::getRunsList, ListScheduleRunsResponse::getNextPageToken)
            .limited(pages, (page, size) -> stub.listScheduleRuns(request(page, size)));
    new RunView(out(), format()).many(runs.elements());
    PageOptions.remark(err(), runs.nextPage());
    return ExitCode.FINE;
  }

  private ListScheduleRunsRequest request(String page, int size) {
    return ListScheduleRunsRequest.newBuilder()
        .setName(ScheduleName.of(schedule))
        .setPageSize(size)
        .setPageToken(page)
        .build();
  }
}
