package io.tasklane.cli.queue;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.QueueServiceGrpc;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane queue delete}. */
@Command(
    name = "delete",
    description = "Delete a queue that holds nothing unfinished; its ended tasks stay.",
    footer = {"", "Example: tasklane queue delete NEWS"},
    mixinStandardHelpOptions = true)
final class QueueDelete extends ServerCommand {
  @Parameters(paramLabel = "QUEUE", description = "For example REPORTS.")
  private String queue;

  @Option(
      names = "--etag",
      description = "Only where the queue is still in this version; queue get -o json shows it.")
  private String etag = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    String name = QueueName.of(queue);
    connection
        .service(QueueServiceGrpc::newBlockingStub)
        .deleteQueue(
            DeleteQueueRequest.newBuilder()
                .setRequestId(requestId.value())
                .setName(name)
                .setEtag(etag)
                .build());
    done("deleted", name);
    return ExitCode.FINE;
  }
}
