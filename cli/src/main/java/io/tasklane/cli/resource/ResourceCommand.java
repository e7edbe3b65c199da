package io.tasklane.cli.resource;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a resource stand. */
@Command(
    name = "resource",
    description = "Create, look at, change and delete capacities that tasks share.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      ResourceCreate.class,
      ResourceList.class,
      ResourceGet.class,
      ResourceUpdate.class,
      ResourceDelete.class
    })
public final class ResourceCommand {}
