package io.tasklane.cli.batch;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.command.ExitCode;
import io.tasklane.cli.command.RequestIdOption;
import io.tasklane.cli.command.ServerCommand;
import io.tasklane.cli.command.WholeNumber.BatchRate;
import io.tasklane.cli.command.WholeNumber.Targets;
import io.tasklane.v1.BatchOperation;
import io.tasklane.v1.BatchOperationServiceGrpc;
import io.tasklane.v1.StartBatchOperationRequest;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A verb that starts a batch operation. */
abstract class BatchStart extends ServerCommand {
  /** A million targets take a while to be written down. */
  private static final int MINUTES = 5;

  @Option(
      names = "--filter",
      paramLabel = "EXPRESSION",
      required = true,
      description = "Which ones, as the filter of their list; \"\" for all.")
  private String filter;

  @ArgGroup(multiplicity = "1")
  private Number number;

  /** How many, or the question how many. */
  private static final class Number {
    @Option(names = "--dry-run", description = "Only say how many match, and start nothing.")
    private boolean dryRun;

    @Option(
        names = "--expect",
        paramLabel = "N",
        converter = Targets.class,
        description = "How many match; if it is another number, nothing is done.")
    private Integer expected;
  }

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = BatchRate.class,
      description = "At most so many a second, 1 to 1000. Default: 200.")
  private Integer rate;

  @Option(names = "--reason", description = "Why; whoever looks at one of them later sees it.")
  private String reason = "";

  @Option(
      names = "--wait",
      description = "Wait for the end; exit code 3 unless all of them were done.")
  private boolean wait;

  @Mixin private RequestIdOption requestId;

  /** Sets the kind, and what belongs to it. */
  abstract void describe(BatchOperation.Builder operation);

  @Override
  protected final ExitCode run(Connection connection) {
    StartBatchOperationRequest.Builder request =
        StartBatchOperationRequest.newBuilder()
            .setRequestId(requestId.value())
            .setReason(reason)
            .setValidateOnly(number.dryRun);
    request.getBatchOperationBuilder().setFilter(filter);
    describe(request.getBatchOperationBuilder());
    if (rate != null) {
      request.getBatchOperationBuilder().setMaximumPerSecond(rate);
    }
    if (number.expected != null) {
      request.setExpectedCount(number.expected);
    }
    BatchOperation started =
        connection
            .streams(BatchOperationServiceGrpc::newBlockingStub)
            .withDeadlineAfter(MINUTES, TimeUnit.MINUTES)
            .startBatchOperation(request.build())
            .getBatchOperation();
    return number.dryRun ? counted(started) : shown(connection, started);
  }

  private ExitCode counted(BatchOperation checked) {
    new BatchView(out(), format()).count(checked);
    return ExitCode.FINE;
  }

  private ExitCode shown(Connection connection, BatchOperation started) {
    BatchOperation last = wait ? new BatchWait(connection, err()).untilEnd(started) : started;
    new BatchView(out(), format()).one(last);
    boolean done =
        last.getState() == BatchOperation.State.STATE_SUCCEEDED && last.getRefusedCount() == 0;
    return done || !wait ? ExitCode.FINE : ExitCode.TASK_FAILED;
  }
}
