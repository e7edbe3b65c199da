package io.tasklane.cli.batch;

import io.tasklane.cli.command.WholeNumber.Priority;
import io.tasklane.v1.BatchOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tasklane batch reprioritise}: changes priorities. */
@Command(
    name = "reprioritise",
    description = "Give all waiting tasks that a filter finds another priority.",
    footer = {
      "",
      "Example: tasklane batch reprioritise --filter 'labels.desk = "
          + "\"fx\"' --priority 9 --dry-run"
    },
    mixinStandardHelpOptions = true)
final class BatchReprioritise extends BatchStart {
  @Option(
      names = "--priority",
      paramLabel = "N",
      required = true,
      converter = Priority.class,
      description = "1 to 10; 10 runs first.")
  private int priority;

  @Override
  void describe(BatchOperation.Builder operation) {
    operation.setKind(BatchOperation.Kind.KIND_SET_PRIORITY).setPriority(priority);
  }
}
