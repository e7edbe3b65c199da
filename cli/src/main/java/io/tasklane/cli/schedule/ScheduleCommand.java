package io.tasklane.cli.schedule;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a schedule stand. */
@Command(
    name = "schedule",
    description = "Create tasks by the clock: by cron, at intervals, once, or by market sessions.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      ScheduleCreate.class,
      ScheduleList.class,
      ScheduleGet.class,
      ScheduleUpdate.class,
      ScheduleEnable.class,
      ScheduleDisable.class,
      ScheduleTrigger.class,
      ScheduleBackfill.class,
      SchedulePreview.class,
      ScheduleHistory.class,
      ScheduleDelete.class
    })
public final class ScheduleCommand {}
