package io.tasklane.trigger;

import io.tasklane.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;

/** A chain of causes as JSON: each trigger with how often it stands in the chain. */
final class CausationJson {
  private CausationJson() {}

  static String write(CausationChain chain) {
    return JsonValue.write(new TreeMap<>(chain.counts()));
  }

  static CausationChain read(String json) {
    Map<String, Integer> counts = new TreeMap<>();
    ((Map<?, ?>) JsonValue.stored(json))
        .forEach((trigger, count) -> counts.put((String) trigger, ((Number) count).intValue()));
    return new CausationChain(counts);
  }
}
