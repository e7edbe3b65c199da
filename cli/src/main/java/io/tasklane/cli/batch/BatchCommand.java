package io.tasklane.cli.batch;

import picocli.CommandLine.Command;

/** The noun under which the verbs of batch operations stand. */
@Command(
    name = "batch",
    description = "Cancel, retry, reprioritise, replay or discard everything that a filter finds.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      BatchCancel.class,
      BatchRetry.class,
      BatchReprioritise.class,
      BatchReplay.class,
      BatchDiscard.class,
      BatchCancelWorkflows.class,
      BatchList.class,
      BatchGet.class,
      BatchStop.class,
      BatchRefusals.class
    })
public final class BatchCommand {}
