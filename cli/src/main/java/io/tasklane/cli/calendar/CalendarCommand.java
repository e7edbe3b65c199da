package io.tasklane.cli.calendar;

import picocli.CommandLine.Command;

/** The noun under which the verbs of a calendar stand. */
@Command(
    name = "calendar",
    description = "Look at, create, change and delete the calendars that schedules go by.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    subcommands = {
      CalendarList.class,
      CalendarGet.class,
      CalendarCreate.class,
      CalendarUpdate.class,
      CalendarDelete.class
    })
public final class CalendarCommand {}
