package io.tasklane.cli.template;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a template stand. */
@Command(
    name = "template",
    description = "Look at and delete templates of workflows; apply stores them.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {TemplateGet.class, TemplateList.class, TemplateDelete.class})
public final class TemplateCommand {}
