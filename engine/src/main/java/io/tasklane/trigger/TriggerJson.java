package io.tasklane.trigger;

import io.tasklane.json.JsonValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The JSON of a trigger's definition in its row, and in those of its windows. */
final class TriggerJson {
  private TriggerJson() {}

  static String write(Trigger trigger) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("event_type", trigger.eventType());
    trigger.condition().ifPresent(text -> members.put("condition", text));
    members.put("template", trigger.template());
    members.put("inputs", trigger.inputs());
    trigger.coalesceKey().ifPresent(text -> members.put("coalesce_key", text));
    members.put("coalesce_window", trigger.coalesceWindow().toString());
    return JsonValue.write(members);
  }

  static Trigger read(String name, String json) {
    Map<?, ?> members = (Map<?, ?>) JsonValue.stored(json);
    Map<String, String> inputs = new LinkedHashMap<>();
    ((Map<?, ?>) members.get("inputs"))
        .forEach((input, text) -> inputs.put((String) input, (String) text));
    return new Trigger(
        name,
        (String) members.get("event_type"),
        Optional.ofNullable((String) members.get("condition")),
        (String) members.get("template"),
        inputs,
        Optional.ofNullable((String) members.get("coalesce_key")),
        Duration.parse((String) members.get("coalesce_window")));
  }
}
