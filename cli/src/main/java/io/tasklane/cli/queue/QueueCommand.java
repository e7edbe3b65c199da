package io.tasklane.cli.queue;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a queue stand. */
@Command(
    name = "queue",
    description = "Look at queues, pause and resume them.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      QueueList.class,
      QueueGet.class,
      QueuePause.class,
      QueueResume.class,
      QueueStatsCommand.class
    })
public final class QueueCommand {}
