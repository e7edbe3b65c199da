package io.tasklane.cli.event;

import picocli.CommandLine.Command;

/** The noun under which the verbs of the event log stand. */
@Command(
    name = "event",
    description = "List, follow and publish events.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {EventList.class, EventWatch.class, EventPublish.class})
public final class EventCommand {}
