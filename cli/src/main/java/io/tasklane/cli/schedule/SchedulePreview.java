package io.tasklane.cli.schedule;

import com.google.protobuf.Timestamp;
import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.command.WholeNumber;
import io.tasklane.v1.PreviewScheduleRequest;
import io.tasklane.v1.ScheduleServiceGrpc;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane schedule preview}. */
@Command(
    name = "preview",
    description = "Show when a schedule runs next, when it does not, and why.",
    footer = {"", "Example: tasklane schedule preview --open XNYS --after 15m"},
    mixinStandardHelpOptions = true)
final class SchedulePreview extends ServerCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "SCHEDULE",
      description = "A stored one; or say by options what one would do.")
  private String schedule = "";

  @Mixin private TriggerOptions trigger;

  @Mixin private RunOptions runs;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Time.class,
      description = "The first instant of interest. Default: now.")
  private Timestamp from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = Time.class,
      description = "The last instant of interest.")
  private Timestamp to;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = WholeNumber.Count.class,
      description = "At most so many runs, 1 to 1000. Default: 10.")
  private int count = 10;

  @Override
  protected ExitCode run(Connection connection) {
    Optional<String> problem = trigger.problem();
    if (problem.isPresent()) {
      throw usage(problem.get());
    }
    PreviewScheduleRequest.Builder request =
        PreviewScheduleRequest.newBuilder().setMaximumRuns(count);
    if (schedule.isEmpty() == trigger.paths().isEmpty()) {
      throw usage("give the name of a schedule, or one of --cron, --every, --at, --open, --close");
    }
    if (schedule.isEmpty()) {
      trigger.addTo(request.getScheduleBuilder());
      runs.addTo(request.getScheduleBuilder());
    } else {
      request.setName(ScheduleName.of(schedule));
    }
    if (from != null) {
      request.setStartTime(from);
    }
    if (to != null) {
      request.setEndTime(to);
    }
    new RunView(out(), format())
        .preview(
            connection
                .service(ScheduleServiceGrpc::newBlockingStub)
                .previewSchedule(request.build()));
    return ExitCode.FINE;
  }
}
