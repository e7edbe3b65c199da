package io.tasklane.cli.importer;

import com.google.gson.JsonObject;
import io.tasklane.cli.importer.Entry.Step;
import io.tasklane.cli.importer.text.LeftOut;
import io.tasklane.cli.importer.text.Literal;
import io.tasklane.cli.importer.text.LiteralReader;
import io.tasklane.cli.importer.text.Malformed;
import io.tasklane.v1.Schedule;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code beat_schedule} of Celery, as a dictionary of Python or as JSON. A task that is linked
 * to another one becomes a chain.
 */
final class CeleryBeat implements Source {
  private static final Set<String> KNOWN =
      Set.of("task", "schedule", "args", "kwargs", "options", "relative", "enabled");

  @Override
  public List<Entry> read(String text, ZoneId zone, Report report) throws Malformed {
    Literal all = LiteralReader.read(text);
    Map<String, Literal> members =
        all.members()
            .orElseThrow(() -> new Malformed(all.line(), "a dictionary of entries is needed"));
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Literal> each : members.entrySet()) {
      try {
        entries.add(entry(each.getKey(), each.getValue(), zone, report));
      } catch (LeftOut why) {
        report.add(each.getValue().line(), each.getKey(), why.getMessage());
      }
    }
    return entries;
  }

  private static Entry entry(String name, Literal given, ZoneId zone, Report report)
      throws LeftOut {
    Map<String, Literal> values =
        given.members().orElseThrow(() -> new LeftOut("an entry is a dictionary"));
    for (Map.Entry<String, Literal> each : values.entrySet()) {
      if (!KNOWN.contains(each.getKey())) {
        report.add(each.getValue().line(), name + "." + each.getKey(), "it has no counterpart");
      }
    }
    Literal when = values.get("schedule");
    if (when == null) {
      throw new LeftOut("it has no schedule");
    }
    Schedule.Builder schedule = Schedule.newBuilder();
    CelerySchedule.read(when, zone, schedule);
    Literal enabled = values.get("enabled");
    if (enabled != null && Boolean.FALSE.equals(enabled.value())) {
      schedule.setDisabled(true);
    }
    List<Step> steps = new ArrayList<>();
    steps(name, values, report, steps);
    return new Entry(given.line(), name, schedule.build(), steps);
  }

  private static void steps(
      String name, Map<String, Literal> values, Report report, List<Step> steps) throws LeftOut {
    Literal task = values.get("task");
    String type =
        task == null
            ? ""
            : task.text().orElseThrow(() -> new LeftOut("its task is not named by a text"));
    if (type.isEmpty()) {
      throw new LeftOut("it names no task");
    }
    Map<String, Literal> options =
        values.containsKey("options")
            ? values
                .get("options")
                .members()
                .orElseThrow(() -> new LeftOut("its options are no dictionary"))
            : Map.of();
    steps.add(CeleryOptions.step(name, type, input(values), options, report));
    Literal link = options.get("link");
    if (link != null) {
      steps(name, linked(link), report, steps);
    }
  }

  /** What is linked is written as {@code signature('x')}, {@code x.s()} or its dictionary. */
  private static Map<String, Literal> linked(Literal link) throws LeftOut {
    List<Literal> several = link.elements().orElse(List.of(link));
    if (several.size() != 1) {
      throw new LeftOut("it is linked to several tasks: make a template with a group of it");
    }
    Literal one = several.get(0);
    if (one.members().isPresent()) {
      return one.members().get();
    }
    Literal.Call call =
        one.call().filter(c -> c.name().equals("signature")).orElseThrow(() -> notRead(one));
    Map<String, Literal> values = new java.util.LinkedHashMap<>(call.named());
    if (call.arguments().size() != 1) {
      throw notRead(one);
    }
    values.put("task", call.arguments().get(0));
    return values;
  }

  private static LeftOut notRead(Literal link) {
    return new LeftOut(
        "its link " + link.value() + " is not read: write {'task': NAME} or signature(NAME)");
  }

  /** The named arguments; those without a name are put under "args". */
  private static JsonObject input(Map<String, Literal> values) throws LeftOut {
    JsonObject input = new JsonObject();
    if (values.containsKey("kwargs")) {
      Literal named = values.get("kwargs");
      if (named.members().isEmpty()) {
        throw new LeftOut("its kwargs are no dictionary");
      }
      input = named.json().getAsJsonObject();
    }
    Literal args = values.get("args");
    if (args != null && !args.elements().orElse(List.of(args)).isEmpty()) {
      if (input.has("args")) {
        throw new LeftOut("it has args, and kwargs that are called args");
      }
      input.add("args", args.json());
    }
    return input;
  }
}
