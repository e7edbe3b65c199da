package io.tasklane.cli.importer;

import picocli.CommandLine.Command;

/** {@code tasklane import bull}. */
@Command(
    name = "bull",
    description = {
      "Import repeatable jobs of Bull or BullMQ, a list of JSON.",
      "As getRepeatableJobs() or getJobSchedulers() return them, or as add() takes them."
    },
    footer = {"", "Example: tasklane import bull jobs.json --queue DATA_FETCHER"},
    mixinStandardHelpOptions = true)
final class ImportBull extends ImportVerb {
  @Override
  Source source() {
    return new BullJobs();
  }
}
