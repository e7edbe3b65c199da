package io.tasklane.cli.task;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a task stand. */
@Command(
    name = "task",
    description = "Create, find, follow, cancel and retry tasks.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      TaskCreate.class,
      TaskGet.class,
      TaskList.class,
      TaskWatch.class,
      TaskWait.class,
      TaskCancel.class,
      TaskRetry.class,
      TaskAttempts.class,
      TaskLogs.class,
      TaskExplain.class,
      TaskTypes.class
    })
public final class TaskCommand {}
