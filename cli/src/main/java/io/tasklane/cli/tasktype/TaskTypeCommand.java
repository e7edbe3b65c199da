package io.tasklane.cli.tasktype;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a task type stand. */
@Command(
    name = "task-type",
    description = "Register, look at and delete task types: what tasks may ask for.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      TaskTypeCreate.class,
      TaskTypeList.class,
      TaskTypeGet.class,
      TaskTypeDelete.class
    })
public final class TaskTypeCommand {}
