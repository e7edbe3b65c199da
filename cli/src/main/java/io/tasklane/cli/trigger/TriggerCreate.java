package io.tasklane.cli.trigger;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.CreateTriggerRequest;
import io.tasklane.v1.TriggerServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane trigger create}. */
@Command(
    name = "create",
    description = "Store a trigger: it sees the events that are published from then on.",
    footer = {
      "",
      "Example: tasklane trigger create on-news market.news digest"
          + " --if 'event.data.impact > 0.7'"
    },
    mixinStandardHelpOptions = true)
final class TriggerCreate extends ServerCommand {
  @Parameters(paramLabel = "TRIGGER", description = "For example news.")
  private String trigger;

  @Parameters(paramLabel = "TYPE", description = "Of events: market.news, or market.* for all.")
  private String type;

  @Parameters(
      paramLabel = "TEMPLATE",
      description = "What starts: analysis, or analysis@3 for that version.")
  private String template;

  @Mixin private TriggerOptions options;

  @Option(names = "--disabled", description = "It starts nothing until it is enabled.")
  private boolean disabled;

  @Option(names = "--dry-run", description = "Only check it.")
  private boolean dryRun;

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    CreateTriggerRequest.Builder request =
        CreateTriggerRequest.newBuilder()
            .setRequestId(requestId.value())
            .setTriggerId(TriggerName.shortened(trigger))
            .setValidateOnly(dryRun);
    options.addTo(
        request
            .getTriggerBuilder()
            .setEventType(type)
            .setTemplate(TriggerName.ofTemplate(template))
            .setDisabled(disabled));
    new TriggerView(out(), format())
        .one(
            connection
                .service(TriggerServiceGrpc::newBlockingStub)
                .createTrigger(request.build())
                .getTrigger());
    return ExitCode.FINE;
  }
}
