package io.tasklane.cli.importer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tasklane import crontab}. */
@Command(
    name = "crontab",
    description = {
      "Import a crontab of Vixie's cron or cronie.",
      "What a command is here says --map, under tasks, by the whole command."
    },
    footer = {"", "Example: tasklane import crontab crontab.txt --map names.yaml"},
    mixinStandardHelpOptions = true)
final class ImportCrontab extends ImportVerb {
  @Option(names = "--system", description = "A user stands before each command: /etc/crontab.")
  private boolean system;

  @Override
  Source source() {
    return new CrontabFile(system);
  }
}
