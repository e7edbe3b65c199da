package io.tasklane.cli.batch;

import io.tasklane.v1.BatchOperation;
import picocli.CommandLine.Command;

/** {@code tasklane batch discard}: discards dead letters. */
@Command(
    name = "discard",
    description = "Discard all dead letters for good that a filter finds; their tasks stay.",
    footer = {
      "",
      "Example: tasklane batch discard --filter 'create_time < "
          + "\"2026-11-01T00:00:00Z\"' --dry-run"
    },
    mixinStandardHelpOptions = true)
final class BatchDiscard extends BatchStart {
  @Override
  void describe(BatchOperation.Builder operation) {
    operation.setKind(BatchOperation.Kind.KIND_DISCARD_DEAD_LETTERS);
  }
}
