package io.tasklane.bench.faults.record;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One entry as a line of JSON; its kind is the name of its type. */
final class EntryLine {
  private static final String KIND = "entry";
  private static final Gson GSON = new Gson();
  private static final Map<String, Class<?>> KINDS =
      Arrays.stream(Entry.class.getPermittedSubclasses())
          .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

  private EntryLine() {}

  static String write(Entry entry) {
    JsonObject line = new JsonObject();
    line.addProperty(KIND, entry.getClass().getSimpleName());
    GSON.toJsonTree(entry)
        .getAsJsonObject()
        .entrySet()
        .forEach(e -> line.add(e.getKey(), e.getValue()));
    return GSON.toJson(line);
  }

  static Entry read(String text) {
    JsonObject line = GSON.fromJson(text, JsonObject.class);
    return (Entry) GSON.fromJson(line, KINDS.get(line.get(KIND).getAsString()));
  }
}
