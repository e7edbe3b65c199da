package io.tasklane.cli.schedule;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.CreateScheduleRequest;
import io.tasklane.v1.Schedule;
import io.tasklane.v1.ScheduleServiceGrpc;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane schedule create}. */
@Command(
    name = "create",
    description = {
      "Create a schedule: each time it is due it creates such a task, or starts such a workflow."
    },
    footer = {
      "",
      "Example: tasklane schedule create morning --cron '0 8 * * " + "MON-FRI' --template morning"
    },
    mixinStandardHelpOptions = true)
final class ScheduleCreate extends ServerCommand {
  @Parameters(index = "0", paramLabel = "SCHEDULE", description = "For example eod-report.")
  private String schedule;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "QUEUE",
      description = "Queue of the tasks, for example NEWS.")
  private String queue;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "TYPE",
      description = "Type of the tasks, for example system.echo.")
  private String type;

  @Mixin private TriggerOptions trigger;

  @Mixin private RunOptions runs;

  @Mixin private ActionOptions action;

  @Option(names = "--disabled", description = "Create it disabled.")
  private boolean disabled;

  @Option(names = "--check", description = "Check only, and create nothing.")
  private boolean check;

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    Optional<String> problem = trigger.problem().or(() -> action.problem(queue, type));
    if (problem.isPresent()) {
      throw usage(problem.get());
    }
    if (trigger.paths().isEmpty()) {
      throw usage("say when: give one of --cron, --every, --at, --open and --close");
    }
    CreateScheduleRequest.Builder request =
        CreateScheduleRequest.newBuilder()
            .setRequestId(requestId.value())
            .setScheduleId(ScheduleName.shortened(schedule))
            .setValidateOnly(check);
    Schedule.Builder wanted = request.getScheduleBuilder();
    trigger.addTo(wanted);
    runs.addTo(wanted);
    action.addTo(wanted, queue, type);
    wanted.setDisabled(disabled);
    new ScheduleView(out(), format())
        .one(
            connection
                .service(ScheduleServiceGrpc::newBlockingStub)
                .createSchedule(request.build())
                .getSchedule());
    return ExitCode.FINE;
  }
}
