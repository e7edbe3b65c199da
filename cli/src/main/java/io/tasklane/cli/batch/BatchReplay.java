package io.tasklane.cli.batch;

import io.tasklane.v1.BatchOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tasklane batch replay}: replays dead letters. */
@Command(
    name = "replay",
    description = "Run the work of all dead letters again that a filter finds.",
    footer = {
      "",
      "Example: tasklane batch replay --filter 'queue = " + "\"queues/AI_ANALYSIS\"' --dry-run"
    },
    mixinStandardHelpOptions = true)
final class BatchReplay extends BatchStart {
  @Option(
      names = "--ignore-dependencies",
      description = "Run them even if tasks that they depend on did not end as needed.")
  private boolean ignoreDependencies;

  @Override
  void describe(BatchOperation.Builder operation) {
    operation
        .setKind(BatchOperation.Kind.KIND_REPLAY_DEAD_LETTERS)
        .setIgnoreDependencies(ignoreDependencies);
  }
}
