package io.tasklane.cli.schedule;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DeleteScheduleRequest;
import io.tasklane.v1.ScheduleServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane schedule delete}. */
@Command(
    name = "delete",
    description = "Delete a schedule with its history; its tasks stay.",
    footer = {"", "Example: tasklane schedule delete eod-report"},
    mixinStandardHelpOptions = true)
final class ScheduleDelete extends ServerCommand {
  @Parameters(paramLabel = "SCHEDULE", description = "For example eod-report.")
  private String schedule;

  @Option(
      names = "--etag",
      description = "Only where it is still in this version; schedule get -o json shows it.")
  private String etag = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    String name = ScheduleName.of(schedule);
    DeleteScheduleRequest request =
        DeleteScheduleRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(name)
            .setEtag(etag)
            .build();
    connection.service(ScheduleServiceGrpc::newBlockingStub).deleteSchedule(request);
    done("deleted", name);
    return ExitCode.FINE;
  }
}
