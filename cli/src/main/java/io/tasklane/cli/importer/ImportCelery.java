package io.tasklane.cli.importer;

import picocli.CommandLine.Command;

/** {@code tasklane import celery-beat}. */
@Command(
    name = "celery-beat",
    description = {
      "Import the beat_schedule of Celery, as a dictionary of Python or as JSON.",
      "A task with a link becomes a template with a chain. Nothing of the file is run."
    },
    footer = {
      "",
      "Example: tasklane import celery-beat beat.py --map names.yaml --zone Europe/London"
    },
    mixinStandardHelpOptions = true)
final class ImportCelery extends ImportVerb {
  @Override
  Source source() {
    return new CeleryBeat();
  }
}
