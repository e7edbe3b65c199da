package io.tasklane.queue.dispatch;

import io.tasklane.key.TaskKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A set that keeps only the newest elements, at most so many. */
final class RecentKeys {
  private RecentKeys() {}

  static Set<TaskKey> ofSize(int most) {
    return Collections.newSetFromMap(
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<TaskKey, Boolean> eldest) {
            return size() > most;
          }
        });
  }
}
