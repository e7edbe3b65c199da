package io.tasklane.schedule;

import io.tasklane.database.JsonMakers;
import io.tasklane.schedule.calendar.SessionAnchor;
import io.tasklane.schedule.stored.TriggerSpec;
import io.tasklane.task.row.JsonColumns;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Triggers as JSON text, as rows have them. A member is never renamed. */
final class TriggerJson {
  private static final String KIND = "kind";
  private static final String CALENDAR = "calendar";

  private TriggerJson() {}

  static String write(TriggerSpec trigger) {
    JsonObjectBuilder json = JsonMakers.BUILDERS.createObjectBuilder();
    if (trigger instanceof TriggerSpec.Cron cron) {
      json.add(KIND, "cron").add("expression", cron.expression()).add("zone", cron.zone());
      cron.calendar().ifPresent(name -> json.add(CALENDAR, name));
    } else if (trigger instanceof TriggerSpec.Interval interval) {
      json.add(KIND, "interval")
          .add("interval", interval.interval().toString())
          .add("phase", interval.phase().toString())
          .add("from_completion", interval.fromCompletion());
    } else if (trigger instanceof TriggerSpec.Session session) {
      json.add(KIND, "session")
          .add(CALENDAR, session.market())
          .add("anchor", session.anchor().code())
          .add("offset", session.offset().toString())
          .add("skip_half_days", session.skipHalfDays());
    } else {
      json.add(KIND, "once").add("time", ((TriggerSpec.Once) trigger).time().toString());
    }
    return json.build().toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalStateException if the text is of a newer build
   */
  static TriggerSpec read(String text) {
    JsonObject json = JsonColumns.object(text);
    return switch (json.getString(KIND)) {
      case "cron" ->
          new TriggerSpec.Cron(
              json.getString("expression"),
              json.getString("zone"),
              Optional.ofNullable(json.getString(CALENDAR, null)));
      case "interval" ->
          new TriggerSpec.Interval(
              Duration.parse(json.getString("interval")),
              Duration.parse(json.getString("phase")),
              json.getBoolean("from_completion"));
      case "session" ->
          new TriggerSpec.Session(
              json.getString(CALENDAR),
              SessionAnchor.of(json.getInt("anchor")),
              Duration.parse(json.getString("offset")),
              json.getBoolean("skip_half_days"));
      case "once" -> new TriggerSpec.Once(Instant.parse(json.getString("time")));
      default -> throw new IllegalStateException("this build knows no trigger such as " + text);
    };
  }
}
