package io.tasklane.cli.fact;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a fact stand. */
@Command(
    name = "fact",
    description = "Set, look at and delete facts: named values that conditions read.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {FactSet.class, FactList.class, FactGet.class, FactDelete.class})
public final class FactCommand {}
