package io.tasklane.database;

import io.tasklane.key.FencingToken;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;

/** What the columns of keys and tokens hold. */
final class KeyValue {
  private KeyValue() {}

  /** The number of a key or token; any other value as it is. */
  static Object of(Object value) {
    if (value instanceof TaskKey task) {
      return task.value();
    }
    if (value instanceof QueueKey queue) {
      return queue.value();
    }
    return value instanceof FencingToken token ? token.value() : value;
  }
}
