package io.tasklane.cli.workflow;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a workflow stand. */
@Command(
    name = "workflow",
    description = "Start, look at and steer trees of tasks.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      WorkflowStart.class,
      WorkflowGet.class,
      WorkflowList.class,
      WorkflowWatch.class,
      WorkflowPause.class,
      WorkflowResume.class,
      WorkflowCancel.class,
      WorkflowRetry.class,
      WorkflowDelete.class,
      WorkflowDecide.class,
      WorkflowForecastCommand.class
    })
public final class WorkflowCommand {}
