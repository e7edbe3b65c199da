package io.tasklane.event;

import io.tasklane.api.ExternalEvent;
import io.tasklane.json.JsonValue;
import io.tasklane.task.Payload;
import io.tasklane.task.Publication;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads events as the systems before Tasklane publish them: with a type of {@link LegacyEventType},
 * and an envelope as their data. The data in the envelope become the data, and the rest of it goes
 * below "legacy"; an envelope's id is the event's id.
 */
final class LegacyEvents {
  private static final List<String> REST =
      List.of("id", "type", "timestamp", "source", "correlation_id", "version");
  private static final List<String> INNER = List.of("data", "payload");
  private static final String ID = "[ -~]{1,128}";

  private final Map<String, Object> data;
  private final Map<String, Object> rest;

  private LegacyEvents(Map<String, Object> data, Map<String, Object> rest) {
    this.data = data;
    this.rest = rest;
  }

  /**
   * An event with an old type.
   *
   * @param subject empty takes it from the data
   * @return empty if the type is no old one, or nothing of the event is as those systems write it
   * @throws IllegalArgumentException if the data are no JSON object, or the event is not allowed
   */
  static Optional<ExternalEvent> read(String old, String subject, String eventId, Payload given) {
    Optional<String> type = LegacyEventType.ours(old);
    if (type.isEmpty()) {
      return Optional.empty();
    }
    LegacyEvents event = of(old, members(given));
    if (event.rest.isEmpty() && type.get().equals(old)) {
      return Optional.empty();
    }
    String name = subject.isEmpty() ? event.subject() : subject;
    String id = eventId.isEmpty() ? text(event.rest, "id").orElse("") : eventId;
    Publication publication = new Publication(type.get(), name, event.payload(given));
    return Optional.of(
        new ExternalEvent(publication, Optional.of(id).filter(text -> text.matches(ID))));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> members(Payload given) {
    EventData.requireObject(given);
    try {
      return (Map<String, Object>) JsonValue.read(given.body());
    } catch (IOException malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
  }

  /** It is an envelope if it says its own type and has data of its own. */
  @SuppressWarnings("unchecked")
  private static LegacyEvents of(String old, Map<String, Object> members) {
    for (String inner : INNER) {
      if (old.equals(members.get("type")) && members.get(inner) instanceof Map<?, ?> data) {
        Map<String, Object> rest = new LinkedHashMap<>();
        for (String name : REST) {
          if (members.containsKey(name)) {
            rest.put(name, members.get(name));
          }
        }
        return new LegacyEvents((Map<String, Object>) data, rest);
      }
    }
    return new LegacyEvents(members, Map.of());
  }

  private static Optional<String> text(Map<String, Object> members, String name) {
    return members.get(name) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }

  private String subject() {
    return text(data, "instrument")
        .map(name -> "instruments/" + name)
        .or(() -> text(data, "symbol").map(name -> "symbols/" + name))
        .orElseGet(() -> "legacy/" + text(rest, "source").orElse("unknown"));
  }

  private Payload payload(Payload given) {
    if (rest.isEmpty()) {
      return given;
    }
    Map<String, Object> all = new LinkedHashMap<>(data);
    all.put("legacy", rest);
    return Payload.json(JsonValue.write(all));
  }
}
