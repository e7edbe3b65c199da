package io.tasklane.cli.importer;

import com.google.gson.JsonObject;
import io.tasklane.cli.importer.Entry.Step;
import io.tasklane.cli.importer.text.CronText;
import io.tasklane.cli.importer.text.CronText.Field;
import io.tasklane.cli.importer.text.LeftOut;
import io.tasklane.v1.Schedule;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A crontab of Vixie's cron or cronie. The task of a command is found by the mapping. */
final class CrontabFile implements Source {
  private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_]\\w*)\\s*=\\s*(.*)");
  private static final Pattern NICKNAME = Pattern.compile("(@\\w+)\\s+(.*)");
  private static final Pattern FIELDS =
      Pattern.compile("(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(.*)");
  private static final Pattern USER = Pattern.compile("(\\S+)\\s+(.*)");
  private static final Set<String> NICKNAMES =
      Set.of("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually");

  private final boolean system;

  /**
   * Reads crontabs.
   *
   * @param system whether a user stands before each command, as in /etc/crontab
   */
  CrontabFile(boolean system) {
    this.system = system;
  }

  @Override
  public List<Entry> read(String text, ZoneId zone, Report report) {
    List<Entry> entries = new ArrayList<>();
    String[] lines = text.split("\\R", -1);
    ZoneId current = zone;
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      Matcher variable = VARIABLE.matcher(line);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        if (variable.matches()) {
          current = variable(variable.group(1), unquoted(variable.group(2)), current);
        } else {
          entries.add(entry(line, i + 1, current, report));
        }
      } catch (LeftOut why) {
        report.add(i + 1, variable.matches() ? variable.group(1) : line, why.getMessage());
      }
    }
    return entries;
  }

  private static String unquoted(String text) {
    return text.replaceFirst("^([\"'])(.*)\\1$", "$2");
  }

  private static ZoneId variable(String name, String value, ZoneId current) throws LeftOut {
    if (!name.equals("CRON_TZ")) {
      throw new LeftOut("variables are not carried over: what runs the task has its own");
    }
    try {
      return ZoneId.of(value);
    } catch (DateTimeException none) {
      throw new LeftOut("\"" + value + "\" is no time zone; " + current + " stays");
    }
  }

  private Entry entry(String line, int number, ZoneId zone, Report report) throws LeftOut {
    Matcher nickname = NICKNAME.matcher(line);
    Matcher fields = FIELDS.matcher(line);
    String expression;
    String rest;
    if (nickname.matches()) {
      expression = nickname.group(1).toLowerCase(Locale.ROOT);
      rest = nickname.group(2);
      if (!NICKNAMES.contains(expression)) {
        throw new LeftOut(
            expression + " has no counterpart: Tasklane does not start with the machine");
      }
    } else if (fields.matches()) {
      expression = expression(fields);
      rest = fields.group(6);
    } else {
      throw new LeftOut("five fields and a command are needed");
    }
    String command = command(rest, number, report);
    JsonObject input = new JsonObject();
    Schedule schedule =
        Schedule.newBuilder()
            .setCron(
                io.tasklane.v1.CronTrigger.newBuilder()
                    .setExpression(expression)
                    .setTimeZone(zone.getId()))
            .build();
    return new Entry(number, command, schedule, List.of(Step.of(command, "", input)));
  }

  private static String expression(Matcher fields) throws LeftOut {
    return String.join(
        " ",
        CronText.field(Field.MINUTE, fields.group(1), 0),
        CronText.field(Field.HOUR, fields.group(2), 0),
        CronText.field(Field.DAY, fields.group(3), 0),
        CronText.field(Field.MONTH, fields.group(4), 0),
        CronText.field(Field.WEEKDAY, fields.group(5), 0));
  }

  private String command(String rest, int number, Report report) throws LeftOut {
    String command = rest.strip();
    if (system) {
      Matcher user = USER.matcher(command);
      if (!user.matches()) {
        throw new LeftOut("a user and a command are needed");
      }
      report.add(number, "user " + user.group(1), "workers run under a user of their own");
      command = user.group(2);
    }
    Matcher input = Pattern.compile("(?<!\\\\)%").matcher(command);
    if (input.find()) {
      report.add(
          number, "what follows %", "standard input of a command has no counterpart: use --input");
      command = command.substring(0, input.start()).strip();
    }
    return command.replace("\\%", "%");
  }
}
