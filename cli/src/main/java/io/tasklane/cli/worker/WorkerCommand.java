package io.tasklane.cli.worker;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a worker stand. */
@Command(
    name = "worker",
    description = "Look at workers outside of the servers, and have them finish.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {WorkerList.class, WorkerGet.class, WorkerDrain.class})
public final class WorkerCommand {}
