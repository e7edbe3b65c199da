package io.tasklane.event;

import io.tasklane.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** An event as expressions read it. */
public final class EventVariable {
  private EventVariable() {}

  /** Its fields, with the names of the contract. */
  public static Map<String, Object> of(LogEvent event) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("revision", event.sequence());
    value.put("event_id", event.eventId());
    value.put("event_type", event.type());
    value.put("subject", event.subject());
    value.put("data", JsonValue.stored(event.data()));
    value.put("event_time", event.time().toString());
    value.put("actor", event.actor());
    return value;
  }
}
