package io.tasklane.cli.schedule;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.PageOptions;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.ListSchedulesRequest;
import io.tasklane.v1.ListSchedulesResponse;
import io.tasklane.v1.ScheduleServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tasklane schedule list}. */
@Command(
    name = "list",
    description = "List schedules.",
    footer = {"", "Example: tasklane schedule list"},
    mixinStandardHelpOptions = true)
final class ScheduleList extends ServerCommand {
  @Option(
      names = "--filter",
      paramLabel = "EXPRESSION",
      description = "AIP-160, for example: disabled = false AND queue = NEWS")
  private String filter = "";

  @Mixin private PageOptions pages;

  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(ScheduleServiceGrpc::newBlockingStub);
    var schedules =
        new Listing<>(
                ListSchedulesResponse::getSchedulesList, ListSchedulesResponse::getNextPageToken)
            .limited(pages, (page, size) -> stub.listSchedules(request(page, size)));
    new ScheduleView(out(), format()).many(schedules.elements());
    PageOptions.remark(err(), schedules.nextPage());
    return ExitCode.FINE;
  }

  private ListSchedulesRequest request(String page, int size) {
    return ListSchedulesRequest.newBuilder()
        .setFilter(filter)
        .setPageSize(size)
        .setPageToken(page)
        .build();
  }
}
