package io.tasklane.cli.schedule;

import com.google.protobuf.Timestamp;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.BackfillScheduleRequest;
import io.tasklane.v1.ScheduleServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane schedule backfill}. */
@Command(
    name = "backfill",
    description = "Run what was due in a stretch of the past, but for what has run.",
    footer = {
      "",
      "Example: tasklane schedule backfill eod-report --from "
          + "2026-11-23T00:00:00Z --to 2026-11-24T00:00:00Z"
    },
    mixinStandardHelpOptions = true)
final class ScheduleBackfill extends ServerCommand {
  @Parameters(paramLabel = "SCHEDULE", description = "For example eod-report.")
  private String schedule;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      converter = Time.class,
      description = "The first instant that counts, for example 2026-11-23T00:00:00Z.")
  private Timestamp from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      converter = Time.class,
      description = "The first instant that does not count, not later than now.")
  private Timestamp to;

  @Option(names = "--check", description = "Show what would run, and run nothing.")
  private boolean check;

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    BackfillScheduleRequest request =
        BackfillScheduleRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(ScheduleName.of(schedule))
            .setStartTime(from)
            .setEndTime(to)
            .setValidateOnly(check)
            .build();
    new RunView(out(), format())
        .many(
            connection
                .service(ScheduleServiceGrpc::newBlockingStub)
                .backfillSchedule(request)
                .getRunsList());
    return ExitCode.FINE;
  }
}
