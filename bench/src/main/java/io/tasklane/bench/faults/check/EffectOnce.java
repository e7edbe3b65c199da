package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Entry;
import io.tasklane.task.state.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** No effect is accepted twice for one key; a task that succeeded had its effect. */
final class EffectOnce extends Rule {

  @Override
  void check(History history) {
    Map<String, List<Entry.Effect>> accepted = new HashMap<>();
    for (Life life : history.lives()) {
      for (Entry.Effect effect : life.effects) {
        if (effect.accepted()) {
          accepted.computeIfAbsent(effect.key(), key -> new ArrayList<>()).add(effect);
        }
      }
      if (life.end().filter(end -> end.state() == TaskState.SUCCEEDED).isPresent()
          && life.effects.stream().noneMatch(Entry.Effect::accepted)) {
        object(life.task + " succeeded without its effect", life.ended);
      }
    }
    accepted.forEach(
        (key, effects) -> {
          if (effects.size() > 1) {
            object(
                "the effect " + key + " was accepted " + effects.size() + " times",
                effects.toArray(Entry[]::new));
          }
        });
  }
}
