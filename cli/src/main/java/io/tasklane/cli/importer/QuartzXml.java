package io.tasklane.cli.importer;

import com.google.gson.JsonObject;
import io.tasklane.cli.importer.Entry.Step;
import io.tasklane.cli.importer.text.LeftOut;
import io.tasklane.cli.importer.text.Malformed;
import io.tasklane.cli.importer.text.XmlElement;
import io.tasklane.v1.Schedule;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Job scheduling data of Quartz: its jobs with their triggers, each of which is a schedule. */
final class QuartzXml implements Source {
  private static final Set<String> OF_JOB =
      Set.of("name", "group", "description", "job-class", "durability", "job-data-map");

  @Override
  public List<Entry> read(String text, ZoneId zone, Report report) throws Malformed {
    XmlElement root = XmlElement.read(text);
    if (!root.name().equals("job-scheduling-data")) {
      throw new Malformed(root.line(), "<job-scheduling-data> is needed, not " + root.name());
    }
    Map<String, XmlElement> jobs = new HashMap<>();
    List<XmlElement> triggers = new ArrayList<>();
    for (XmlElement part : root.children()) {
      if (part.name().equals("schedule")) {
        part.children("job").forEach(job -> jobs.put(key(job, "name", "group"), job));
        part.children("trigger").forEach(trigger -> triggers.addAll(trigger.children()));
      } else {
        report.add(part.line(), "<" + part.name() + ">", "apply decides what is replaced");
      }
    }
    jobs.values().forEach(job -> remarks(job, report));
    List<Entry> entries = new ArrayList<>();
    for (XmlElement trigger : triggers) {
      String name = trigger.text("name").orElse(trigger.name() + "-" + trigger.line());
      try {
        entries.add(entry(name, trigger, jobs, zone, report));
      } catch (LeftOut why) {
        report.add(trigger.line(), name, why.getMessage());
      }
    }
    unused(jobs, triggers, report);
    return entries;
  }

  private static String key(XmlElement element, String name, String group) {
    return element.text(group).orElse("DEFAULT") + "." + element.text(name).orElse("");
  }

  private static String key(XmlElement trigger) {
    return key(trigger, "job-name", "job-group");
  }

  private static void remarks(XmlElement job, Report report) {
    for (XmlElement part : job.children()) {
      String name = job.text("name").orElse("") + ".<" + part.name() + ">";
      if (part.name().equals("recover")) {
        if (job.text("recover").filter("false"::equals).isPresent()) {
          report.add(part.line(), name, "tasks of a lost node always run again");
        }
      } else if (!OF_JOB.contains(part.name())) {
        report.add(part.line(), name, "it has no counterpart");
      }
    }
  }

  private static void unused(
      Map<String, XmlElement> jobs, List<XmlElement> triggers, Report report) {
    jobs.forEach(
        (key, job) -> {
          if (triggers.stream().noneMatch(trigger -> key(trigger).equals(key))) {
            report.add(job.line(), key, "no trigger of the file starts this job");
          }
        });
  }

  private static Entry entry(
      String name, XmlElement trigger, Map<String, XmlElement> jobs, ZoneId zone, Report report)
      throws LeftOut {
    XmlElement job = jobs.get(key(trigger));
    if (job == null) {
      throw new LeftOut("the file has no job " + key(trigger));
    }
    String type = job.text("job-class").orElseThrow(() -> new LeftOut("its job has no job-class"));
    Schedule.Builder schedule = Schedule.newBuilder();
    QuartzTrigger.read(name, trigger, zone, schedule, report);
    JsonObject input = new JsonObject();
    data(job, input);
    data(trigger, input);
    Step step = new Step(type, "", input, priority(name, trigger, report), 0, Optional.empty());
    return new Entry(trigger.line(), name, schedule.build(), List.of(step));
  }

  private static void data(XmlElement from, JsonObject input) {
    for (XmlElement map : from.children("job-data-map")) {
      for (XmlElement entry : map.children("entry")) {
        input.addProperty(entry.text("key").orElse(""), entry.text("value").orElse(""));
      }
    }
  }

  private static int priority(String name, XmlElement trigger, Report report) {
    Optional<String> given = trigger.text("priority");
    if (given.isEmpty() || given.get().matches("[1-9]|10")) {
      return given.map(Integer::parseInt).orElse(0);
    }
    report.add(trigger.line(), name + ".<priority>", given.get() + " is not within 1 and 10");
    return 0;
  }
}
