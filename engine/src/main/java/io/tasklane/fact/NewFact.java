package io.tasklane.fact;

import io.tasklane.commit.UserJson;
import io.tasklane.database.Rows;
import io.tasklane.json.JsonValue;
import io.tasklane.task.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A fact that is about to be written.
 *
 * @param fact whose value fits into a row
 * @param value as JSON
 * @param actor who sets it, and why
 */
public record NewFact(Fact fact, String value, Actor actor) {
  /**
   * Checks what the type of a fact cannot.
   *
   * @throws IllegalArgumentException if its value is too large or nests too deep, or has a string
   *     that UTF-8 or PostgreSQL cannot hold
   */
  public static NewFact of(Fact fact, Actor actor) {
    try {
      String value = JsonValue.write(fact.value());
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      if (bytes.length > Fact.MAX_BYTES) {
        throw new IllegalArgumentException(
            "fact.value: it has "
                + bytes.length
                + " bytes as JSON; at most "
                + Fact.MAX_BYTES
                + " are allowed");
      }
      UserJson.require(bytes);
      return new NewFact(fact, value, actor);
    } catch (UncheckedIOException tooDeep) {
      throw new IllegalArgumentException("fact.value: " + tooDeep.getCause().getMessage(), tooDeep);
    } catch (IOException notStorable) {
      throw new IllegalArgumentException("fact.value: " + notStorable.getMessage(), notStorable);
    }
  }

  Timestamp expireTime() {
    return fact.expireTime().map(Timestamp::from).orElse(null);
  }

  String reason() {
    return Rows.storable(actor.reason());
  }

  /** The data of the event that says that it was set. */
  String eventData() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("value", fact.value());
    fact.expireTime().ifPresent(time -> data.put("expire_time", time.toString()));
    if (!actor.reason().isEmpty()) {
      data.put("reason", reason());
    }
    return JsonValue.write(data);
  }
}
