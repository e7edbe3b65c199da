package io.tasklane.cli.importer;

import picocli.CommandLine.Command;

/** {@code tasklane import quartz}. */
@Command(
    name = "quartz",
    description = {
      "Import job scheduling data of Quartz, an XML file.",
      "Types are named by the job-class, which --map translates."
    },
    footer = {"", "Example: tasklane import quartz quartz_data.xml --map names.yaml"},
    mixinStandardHelpOptions = true)
final class ImportQuartz extends ImportVerb {
  @Override
  Source source() {
    return new QuartzXml();
  }
}
