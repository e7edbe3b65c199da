package io.tasklane.cli.batch;

import io.tasklane.v1.BatchOperation;
import picocli.CommandLine.Command;

/** {@code tasklane batch cancel-workflows}: cancels workflows. */
@Command(
    name = "cancel-workflows",
    description = "Cancel all that is open of the workflows that a filter finds.",
    footer = {
      "",
      "Example: tasklane batch cancel-workflows --filter 'state = " + "RUNNING' --dry-run"
    },
    mixinStandardHelpOptions = true)
final class BatchCancelWorkflows extends BatchStart {
  @Override
  void describe(BatchOperation.Builder operation) {
    operation.setKind(BatchOperation.Kind.KIND_CANCEL_WORKFLOWS);
  }
}
