package io.tasklane.cli.deadletter;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a dead letter stand. */
@Command(
    name = "dlq",
    description = "Look at tasks that failed for good, replay and discard them.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      DeadLetterList.class,
      DeadLetterGet.class,
      DeadLetterReplay.class,
      DeadLetterDiscard.class
    })
public final class DeadLetterCommand {}
