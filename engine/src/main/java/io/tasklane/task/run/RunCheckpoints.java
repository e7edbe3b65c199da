package io.tasklane.task.run;

import io.tasklane.task.Payload;
import java.util.Optional;

/** Where runs find the checkpoint of an earlier run. */
@FunctionalInterface
public interface RunCheckpoints {
  /** The last checkpoint of this task, by the key of its row. */
  Optional<Payload> find(long task);
}
