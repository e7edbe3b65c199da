package io.tasklane.cli.trigger;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a trigger stand. */
@Command(
    name = "trigger",
    description = "Create, look at, change and delete triggers: events that start workflows.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      TriggerCreate.class,
      TriggerList.class,
      TriggerGet.class,
      TriggerEnable.class,
      TriggerDisable.class,
      TriggerUpdate.class,
      TriggerDelete.class
    })
public final class TriggerCommand {}
