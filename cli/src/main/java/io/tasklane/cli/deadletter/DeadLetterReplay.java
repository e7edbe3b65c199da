package io.tasklane.cli.deadletter;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.output.Json;
import io.tasklane.cli.task.TaskInput;
import io.tasklane.v1.DeadLetterServiceGrpc;
import io.tasklane.v1.ReplayDeadLetterRequest;
import io.tasklane.v1.ReplayDeadLetterResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tasklane dlq replay}: the work runs again, as a new task. */
@Command(
    name = "replay",
    description = "Run the work of a dead letter again, as a new task; prints its name.",
    footer = {"", "Example: tasklane dlq replay news-42 --reason 'the feed is back'"},
    mixinStandardHelpOptions = true)
final class DeadLetterReplay extends ServerCommand {
  @Parameters(paramLabel = "TASK", description = "Name of the dead letter or of its task.")
  private String name;

  @Option(
      names = "--input",
      paramLabel = "JSON|@FILE|-",
      description =
          "Another input, @ and a file that holds it, or - for standard input."
              + " Default: the old one.")
  private String input;

  @Option(names = "--reason", description = "Why; it is kept with the dead letter.")
  private String reason = "";

  @Option(
      names = "--ignore-dependencies",
      description = "Run it even if tasks that it depends on did not end as needed.")
  private boolean ignoreDependencies;

  @Option(
      names = "--fresh-steps",
      description = "Run all steps anew. Default: the results of those that succeeded are kept.")
  private boolean freshSteps;

  @Mixin private RequestIdOption requestId;

  @Override
  protected ExitCode run(Connection connection) {
    ReplayDeadLetterRequest.Builder request =
        ReplayDeadLetterRequest.newBuilder()
            .setRequestId(requestId.value())
            .setName(DeadLetterName.of(name))
            .setReason(reason)
            .setIgnoreDependencies(ignoreDependencies)
            .setFreshSteps(freshSteps);
    if (input != null) {
      request.setInputOverride(TaskInput.read(input));
    }
    ReplayDeadLetterResponse answer =
        connection
            .service(DeadLetterServiceGrpc::newBlockingStub)
            .replayDeadLetter(request.build());
    boolean json = format().isData();
    out().println(json ? format().document(Json.of(answer)) : answer.getTask());
    return ExitCode.FINE;
  }
}
