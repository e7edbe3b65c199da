package io.tasklane.cli.batch;

import io.tasklane.v1.BatchOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tasklane batch cancel}: cancels tasks. */
@Command(
    name = "cancel",
    description = "Cancel all tasks that a filter finds; running ones are asked to stop.",
    footer = {
      "",
      "Example: tasklane batch cancel --filter 'queue = "
          + "\"queues/AI_ANALYSIS\"' --expect 40 --wait"
    },
    mixinStandardHelpOptions = true)
final class BatchCancel extends BatchStart {
  @Option(names = "--force", description = "Do not wait for the handlers to agree.")
  private boolean force;

  @Override
  void describe(BatchOperation.Builder operation) {
    operation.setKind(BatchOperation.Kind.KIND_CANCEL_TASKS).setForce(force);
  }
}
