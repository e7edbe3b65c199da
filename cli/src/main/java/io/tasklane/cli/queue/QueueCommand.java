package io.tasklane.cli.queue;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a queue stand. */
@Command(
    name = "queue",
    description = "Create, look at, change, pause, drain and delete queues.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      QueueCreate.class,
      QueueList.class,
      QueueGet.class,
      QueueUpdate.class,
      QueuePause.class,
      QueueResume.class,
      QueueDrain.class,
      QueueDelete.class,
      QueueStatsCommand.class,
      QueueSimulate.class
    })
public final class QueueCommand {}
