package io.tasklane.cli.queue;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.v1.QueueServiceGrpc;
import io.tasklane.v1.UpdateQueueRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane queue update}: the options that are given are changed, and nothing else. */
@Command(
    name = "update",
    description = "Change how many tasks a queue runs at once, and what it gives new ones.",
    footer = {"", "Example: tasklane queue update AI_ANALYSIS --rate-limit 10/1s"},
    mixinStandardHelpOptions = true)
final class QueueUpdate extends ServerCommand {
  @Parameters(paramLabel = "QUEUE", description = "For example AI_ANALYSIS.")
  private String queue;

  @Mixin private QueueOptions options;

  @Option(
      names = "--etag",
      description = "Only where the queue is still in this version; queue get -o json shows it.")
  private String etag = "";

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    if (options.mask().getPathsCount() == 0) {
      throw usage(
          "nothing to change: give --concurrency, --aging, --durability, --key-retry, --rate-limit,"
              + " --max-depth, --max-attempts, --timeout, --queue-timeout, --total-timeout, --cancel-grace or --result-ttl");
    }
    UpdateQueueRequest.Builder request =
        UpdateQueueRequest.newBuilder()
            .setRequestId(requestId.value())
            .setUpdateMask(options.mask());
    options.addTo(request.getQueueBuilder().setName(QueueName.of(queue)).setEtag(etag));
    new QueueView(out(), format())
        .one(
            connection
                .service(QueueServiceGrpc::newBlockingStub)
                .updateQueue(request.build())
                .getQueue());
    return ExitCode.FINE;
  }
}
