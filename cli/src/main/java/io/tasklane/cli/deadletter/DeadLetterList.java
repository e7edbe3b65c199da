package io.tasklane.cli.deadletter;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.Listing;
import io.tasklane.cli.command.PageOptions;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.queue.QueueName;
import io.tasklane.v1.DeadLetterServiceGrpc;
import io.tasklane.v1.ListDeadLettersRequest;
import io.tasklane.v1.ListDeadLettersResponse;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tasklane dlq list}. */
@Command(
    name = "list",
    description = "List dead letters, the newest first.",
    footer = {"", "Example: tasklane dlq list --queue AI_ANALYSIS --limit 10"},
    mixinStandardHelpOptions = true)
final class DeadLetterList extends ServerCommand {
  @Option(names = "--queue", description = "Only those of this queue.")
  private String queue;

  @Option(names = "--code", description = "Only those with this failure code.")
  private String code;

  @Option(names = "--fingerprint", description = "Only those of this cause.")
  private String fingerprint;

  @Option(
      names = "--filter",
      paramLabel = "EXPRESSION",
      description = "AIP-160, for example: create_time > \"2026-11-23T09:30:00Z\"")
  private String filter;

  @Mixin private PageOptions pages;

  @Override
  protected ExitCode run(Connection connection) {
    var stub = connection.service(DeadLetterServiceGrpc::newBlockingStub);
    var letters =
        new Listing<>(
                ListDeadLettersResponse::getDeadLettersList,
                ListDeadLettersResponse::getNextPageToken)
            .limited(pages, (page, size) -> stub.listDeadLetters(request(page, size)));
    new DeadLetterView(out(), format()).many(letters.elements());
    PageOptions.remark(err(), letters.nextPage());
    return ExitCode.FINE;
  }

  private ListDeadLettersRequest request(String page, int size) {
    return ListDeadLettersRequest.newBuilder()
        .setPageSize(size)
        .setPageToken(page)
        .setFilter(String.join(" AND ", conditions()))
        .build();
  }

  private List<String> conditions() {
    List<String> conditions = new ArrayList<>();
    if (queue != null) {
      conditions.add("queue = \"" + QueueName.of(queue) + "\"");
    }
    if (code != null) {
      conditions.add("failure.code = \"" + code + "\"");
    }
    if (fingerprint != null) {
      conditions.add("fingerprint = \"" + fingerprint + "\"");
    }
    if (filter != null) {
      conditions.add(filter);
    }
    return conditions;
  }
}
