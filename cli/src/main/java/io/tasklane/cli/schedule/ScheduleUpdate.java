package io.tasklane.cli.schedule;

import com.google.protobuf.FieldMask;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.ScheduleServiceGrpc;
import io.tasklane.v1.UpdateScheduleRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane schedule update}. */
@Command(
    name = "update",
    description = "Change a schedule from now on: the options that are given, and nothing else.",
    footer = {
      "",
      "Example: tasklane schedule update eod-report --cron '30 16 * * *' "
          + "--zone America/New_York"
    },
    mixinStandardHelpOptions = true)
final class ScheduleUpdate extends ServerCommand {
  @Parameters(paramLabel = "SCHEDULE", description = "For example eod-report.")
  private String schedule;

  @Mixin private TriggerOptions trigger;

  @Mixin private RunOptions runs;

  @Option(names = "--check", description = "Check only, and change nothing.")
  private boolean check;

  @Option(
      names = "--etag",
      description = "Only where it is still in this version; schedule get -o json shows it.")
  private String etag = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    Optional<String> problem = trigger.problem();
    if (problem.isPresent()) {
      throw usage(problem.get());
    }
    FieldMask mask =
        FieldMask.newBuilder().addAllPaths(trigger.paths()).addAllPaths(runs.paths()).build();
    if (mask.getPathsCount() == 0) {
      throw usage("nothing to change: give --cron, --overlap, --jitter or another option");
    }
    UpdateScheduleRequest.Builder request =
        UpdateScheduleRequest.newBuilder()
            .setRequestId(requestId.value())
            .setUpdateMask(mask)
            .setValidateOnly(check);
    Schedule.Builder wanted =
        request.getScheduleBuilder().setName(ScheduleName.of(schedule)).setEtag(etag);
    trigger.addTo(wanted);
    runs.addTo(wanted);
    new ScheduleView(out(), format())
        .one(
            connection
                .service(ScheduleServiceGrpc::newBlockingStub)
                .updateSchedule(request.build())
                .getSchedule());
    return ExitCode.FINE;
  }
}
