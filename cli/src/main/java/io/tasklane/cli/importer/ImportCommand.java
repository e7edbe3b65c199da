package io.tasklane.cli.importer;

import picocli.CommandLine.Command;

/** The noun under which the importers stand. */
@Command(
    name = "import",
    description = {
      "Turn schedules of other systems into ours: YAML for tasklane apply, or stored at once.",
      "What cannot be carried over is said line by line on standard error, and ends it with 1."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {ImportCelery.class, ImportCrontab.class, ImportBull.class, ImportQuartz.class})
public final class ImportCommand {}
