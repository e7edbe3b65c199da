package io.tasklane.cli.trigger;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.Trigger;
import io.tasklane.v1.TriggerServiceGrpc;
import io.tasklane.v1.UpdateTriggerRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane trigger update}. */
@Command(
    name = "update",
    description = "Change a trigger: the options that are given, and nothing else.",
    footer = {"", "Example: tasklane trigger update on-news --merge-within 30s"},
    mixinStandardHelpOptions = true)
final class TriggerUpdate extends ServerCommand {
  @Parameters(paramLabel = "TRIGGER", description = "For example news.")
  private String trigger;

  @Option(names = "--type", description = "Of events, for example market.news.")
  private String type;

  @Option(names = "--template", description = "What starts, for example analysis@3.")
  private String template;

  @Mixin private TriggerOptions options;

  @Option(
      names = "--etag",
      description = "Only where it is still in this version; trigger get -o json shows it.")
  private String etag = "";

  @Option(names = "--reason", description = "Why; kept in the log.")
  private String reason = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    UpdateTriggerRequest.Builder request =
        UpdateTriggerRequest.newBuilder().setRequestId(requestId.value()).setReason(reason);
    Trigger.Builder wanted =
        request.getTriggerBuilder().setName(TriggerName.of(trigger)).setEtag(etag);
    options.addTo(wanted);
    options.addTo(request.getUpdateMaskBuilder());
    if (type != null) {
      wanted.setEventType(type);
      request.getUpdateMaskBuilder().addPaths("event_type");
    }
    if (template != null) {
      wanted.setTemplate(TriggerName.ofTemplate(template));
      request.getUpdateMaskBuilder().addPaths("template");
    }
    if (request.getUpdateMask().getPathsCount() == 0) {
      throw usage(
          "nothing to change: give --type, --template, --if, --input, --merge-within or --merge-by");
    }
    new TriggerView(out(), format())
        .one(
            connection
                .service(TriggerServiceGrpc::newBlockingStub)
                .updateTrigger(request.build())
                .getTrigger());
    return ExitCode.FINE;
  }
}
