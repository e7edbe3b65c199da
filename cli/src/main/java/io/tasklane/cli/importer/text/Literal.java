package io.tasklane.cli.importer.text;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value in a file of Python or JSON.
 *
 * @param line where it begins, from 1
 * @param value a String, BigDecimal, Boolean, List or Map of these, a Call, or null
 */
public record Literal(int line, Object value) {
  /**
   * A call, such as {@code crontab(hour=7)}; a bare name is one without arguments.
   *
   * @param name the final part of a dotted one
   * @param arguments those without a name
   * @param named those with one
   */
  public record Call(String name, List<Literal> arguments, Map<String, Literal> named) {
    @Override
    public String toString() {
      return name + "(...)";
    }
  }

  /** The text; empty for anything else. */
  public Optional<String> text() {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The number; empty for anything else. */
  public Optional<BigDecimal> number() {
    return value instanceof BigDecimal number ? Optional.of(number) : Optional.empty();
  }

  /** The members of a dictionary; empty for anything else. */
  @SuppressWarnings("unchecked")
  public Optional<Map<String, Literal>> members() {
    return value instanceof Map<?, ?> map
        ? Optional.of((Map<String, Literal>) map)
        : Optional.empty();
  }

  /** The elements of a list; empty for anything else. */
  @SuppressWarnings("unchecked")
  public Optional<List<Literal>> elements() {
    return value instanceof List<?> list ? Optional.of((List<Literal>) list) : Optional.empty();
  }

  /** The call; empty for anything else. */
  public Optional<Call> call() {
    return value instanceof Call call ? Optional.of(call) : Optional.empty();
  }

  /**
   * The same as JSON.
   *
   * @throws LeftOut where a part of it is known to the running program alone
   */
  public JsonElement json() throws LeftOut {
    if (members().isPresent()) {
      JsonObject object = new JsonObject();
      for (Map.Entry<String, Literal> each : members().get().entrySet()) {
        object.add(each.getKey(), each.getValue().json());
      }
      return object;
    }
    if (elements().isPresent()) {
      JsonArray array = new JsonArray();
      for (Literal each : elements().get()) {
        array.add(each.json());
      }
      return array;
    }
    if (call().isPresent()) {
      throw new LeftOut(call().get().name() + " is known to the running program alone");
    }
    if (value instanceof Boolean truth) {
      return new JsonPrimitive(truth);
    }
    return number()
        .<JsonElement>map(JsonPrimitive::new)
        .or(() -> text().map(JsonPrimitive::new))
        .orElse(JsonNull.INSTANCE);
  }
}
