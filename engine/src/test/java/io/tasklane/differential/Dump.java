package io.tasklane.differential;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A view as text that two routes to the same end have in common. A time is the hour of the script
 * it was set to, or the event it shares, such as {@code @3}, plus a whole number of minutes.
 */
final class Dump {
  private static final long FAR = Duration.ofDays(400).toHours();
  private final View view;
  private final StringBuilder out = new StringBuilder();

  private Dump(View view) {
    this.view = view;
  }

  /** The text. */
  static String of(View view) {
    return new Dump(view).print();
  }

  private String print() {
    for (int step = 0; step < view.outcomes().size(); step++) {
      line("step " + (step + 1) + ": " + String.join(" | ", view.outcomes().get(step)));
    }
    view.tasks().forEach(this::task);
    new TreeMap<>(view.queues()).forEach((id, facts) -> thing("queues/" + id, facts));
    view.lists().forEach((query, found) -> line("list " + query + ": " + String.join(" ", found)));
    return out.toString();
  }

  private void task(String id, Facts facts) {
    thing("tasks/" + id, facts);
    int number = 0;
    for (Facts attempt : view.attempts().getOrDefault(id, List.of())) {
      line("  run " + ++number + ": " + fields(attempt, events("tasks/" + id)));
    }
    if (view.deadLetters().containsKey(id)) {
      line("  dead letter: " + fields(view.deadLetters().get(id), events("tasks/" + id)));
      log("deadLetters/" + id);
    }
  }

  private void thing(String name, Facts facts) {
    line(name + " " + fields(facts, events(name)));
    log(name);
  }

  private void log(String subject) {
    int number = 0;
    for (Facts event : events(subject)) {
      line("  " + ++number + ": " + fields(event, events(subject)));
    }
  }

  private List<Facts> events(String subject) {
    return view.events().getOrDefault(subject, List.of());
  }

  private String fields(Facts facts, List<Facts> events) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Object> field : facts.fields().entrySet()) {
      String name = field.getKey();
      if (name.equals("at")) {
        continue; // the time of an event, which others are named by
      }
      Object value = field.getValue();
      String shown = value instanceof Instant time ? time(time, events) : value.toString();
      if (name.equals("created") && shown.equals("@1")) {
        continue; // as always
      }
      text.append(text.isEmpty() ? "" : " ").append(name).append('=');
      text.append(shown.replace("\n\t", " / "));
    }
    return text.toString();
  }

  private String time(Instant time, List<Facts> events) {
    Duration since = Duration.between(view.begin(), time);
    if (since.equals(Duration.ofHours(since.toHours())) && Math.abs(since.toHours()) < FAR) {
      return "h" + since.toHours();
    }
    for (int i = events.size() - 1; i >= 0; i--) {
      Duration behind = Duration.between(events.get(i).time("at"), time);
      if (!behind.isNegative() && behind.equals(Duration.ofMinutes(behind.toMinutes()))) {
        return "@" + (i + 1) + (behind.isZero() ? "" : "+" + behind.toMinutes() + "m");
      }
    }
    return "at " + since;
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
