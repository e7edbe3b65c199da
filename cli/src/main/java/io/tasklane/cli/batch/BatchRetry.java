package io.tasklane.cli.batch;

import io.tasklane.v1.BatchOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tasklane batch retry}: runs tasks again. */
@Command(
    name = "retry",
    description = "Run all tasks again that a filter finds and that ended without success.",
    footer = {"", "Example: tasklane batch retry --filter 'state = FAILED' --dry-run"},
    mixinStandardHelpOptions = true)
final class BatchRetry extends BatchStart {
  @Option(
      names = "--ignore-dependencies",
      description = "Run them even if tasks that they depend on did not end as needed.")
  private boolean ignoreDependencies;

  @Override
  void describe(BatchOperation.Builder operation) {
    operation
        .setKind(BatchOperation.Kind.KIND_RETRY_TASKS)
        .setIgnoreDependencies(ignoreDependencies);
  }
}
