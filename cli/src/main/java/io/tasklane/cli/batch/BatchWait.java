package io.tasklane.cli.batch;

import io.tasklane.cli.command.Connection;
import io.tasklane.cli.output.LiveLines;
import io.tasklane.cli.output.TerminalWriter;
import io.tasklane.v1.BatchOperation;
import io.tasklane.v1.BatchOperationServiceGrpc;
import io.tasklane.v1.GetBatchOperationRequest;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for the end of a batch operation, and shows how far it is.
 *
 * @param connection to ask on
 * @param err where the progress is shown
 */
record BatchWait(Connection connection, PrintWriter err) {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /** The batch operation as it ended. */
  BatchOperation untilEnd(BatchOperation started) {
    LiveLines lines = new LiveLines(err, TerminalWriter.isTerminal(err), Duration.ofSeconds(5));
    BatchOperation now = started;
    while (now.getState() == BatchOperation.State.STATE_RUNNING) {
      lines.show(List.of(BatchView.counts(now)));
      LockSupport.parkNanos(PAUSE_NANOS);
      now = get(started.getName());
    }
    lines.end(List.of(BatchView.counts(now)));
    return now;
  }

  private BatchOperation get(String name) {
    return connection
        .service(BatchOperationServiceGrpc::newBlockingStub)
        .getBatchOperation(GetBatchOperationRequest.newBuilder().setName(name).build())
        .getBatchOperation();
  }
}
